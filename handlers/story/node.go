package story

// node is an object of Slack's JSON. Messages hold more kinds of object than
// anybody documents: what is asked for and not there, or of another type, reads
// as nothing.
type node map[string]any

func (n node) text(key string) string {
	s, _ := n[key].(string)
	return s
}

func (n node) number(key string) float64 {
	f, _ := n[key].(float64)
	return f
}

func (n node) holds(key string) bool {
	b, _ := n[key].(bool)
	return b
}

func (n node) list(key string) []any {
	all, _ := n[key].([]any)
	return all
}

// child is the object under a key; nil when there is none.
func (n node) child(key string) node { return asNode(n[key]) }

// nodes are the objects in the list under a key.
func (n node) nodes(key string) []node { return asNodes(n[key]) }

func asNode(value any) node {
	object, _ := value.(map[string]any)
	if object == nil {
		object, _ = value.(node)
	}
	return object
}

func asNodes(value any) (all []node) {
	list, _ := value.([]any)
	for _, one := range list {
		if n := asNode(one); n != nil {
			all = append(all, n)
		}
	}
	return all
}
