package engine

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// TestEngine_tooOld: versions with the WAL-reset corruption are refused.
func TestEngine_tooOld(t *testing.T) {
	for version, ok := range map[string]bool{
		"3.51.2": false, "3.51.3": true, "3.51.10": true, "3.50.9": false, "3.54.1": true, "4.0.0": true, "2.99.99": false, "x": false,
	} {
		if err := newEnough(version); (err == nil) != ok {
			t.Errorf("%s: %v", version, err)
		} else if !ok && !errors.Is(err, ErrOldEngine) {
			t.Errorf("%s: %v", version, err)
		}
	}
}

// TestAddress_server: encryption is asked for unless the server is this
// machine, and what the address says itself stays.
func TestAddress_server(t *testing.T) {
	for address, want := range map[string]string{
		"postgres://u@db.example.org/k":                      "sslmode=require",
		"postgres://u@db.example.org/k?sslmode=verify-full":  "sslmode=verify-full",
		"postgres://u@localhost/k":                           "sslmode=prefer",
		"postgres://u@[::1]:5433/k":                          "sslmode=prefer",
		"postgres:///k?host=/run/postgresql":                 "sslmode=prefer",
		"postgres:///k?host=db.example.org":                  "sslmode=require",
		"postgres://u@localhost/k?connect_timeout=9":         "connect_timeout=9",
		"postgres://u@localhost/k?application_name=klachten": "connect_timeout=5",
	} {
		dsn, err := serverAddress(address)
		if err != nil {
			t.Fatal(err)
		}
		if _, query, _ := strings.Cut(dsn, "?"); !slices.Contains(strings.Split(query, "&"), want) {
			t.Errorf("%s becomes %s", address, dsn)
		}
	}
}
