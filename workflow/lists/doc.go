// Package lists is what somebody may have listed or searched for among the
// cases, and what a page of it holds. The register answers it, handlers show it.
package lists
