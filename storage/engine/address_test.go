package engine

import (
	"errors"
	"fmt"
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

// TestAddress_server: encryption is asked for unless every server is this
// machine, and what the address says itself stays.
func TestAddress_server(t *testing.T) {
	for address, want := range map[string]string{
		"postgres://u@db.example.org/k":                                   "require 5s",
		"postgres://u@db.example.org/k?sslmode=verify-full":               "verify-full 5s",
		"postgres://u@localhost/k":                                        "prefer 5s",
		"postgres://u@[::1]:5433/k":                                       "prefer 5s",
		"postgres:///k?host=/run/postgresql":                              "prefer 5s",
		"postgres:///k?host=db.example.org":                               "require 5s",
		"postgres://u@localhost/k?connect_timeout=9":                      "prefer 9s",
		"postgres://u@localhost/k?application_name=klachten":              "prefer 5s",
		"postgres://u@localhost,db.example.org/k":                         "require 5s",
		"postgres://u@localhost:5433,127.0.0.1:5434/k":                    "prefer 5s",
		"postgres://u@[::1]:5433,[::1]/k":                                 "prefer 5s",
		"postgres://h1.example,h2.example/k?target_session_attrs=primary": "require 5s",
	} {
		config, err := serverConfig(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(config.SSLMode, " ", config.ConnectTimeout); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
	config, err := serverConfig("postgres://u:p@h1.example,h2.example:5434/k?target_session_attrs=read-write")
	if err != nil || len(config.Multi) != 1 {
		t.Fatalf("two hosts: %d, %v", len(config.Multi), err)
	}
	first, second := config, config.Multi[0]
	got := fmt.Sprintf("%s:%d %s:%d %s %s %s", first.Host, first.Port, second.Host, second.Port, first.User, first.Database, first.TargetSessionAttrs)
	if got != "h1.example:5432 h2.example:5434 u k read-write" {
		t.Errorf("two hosts: %s", got)
	}
}
