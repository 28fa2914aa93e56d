// Package lists says which cases somebody may list or search for, and what a page
// of them holds. The register answers a Query, handlers show the Page.
package lists
