package content

import (
	"cmp"
	"slices"
	"strings"
)

// Model is everything that the site says, typed and checked. Nobody changes it after Load.
type Model struct {
	Site       Site
	Codes      []*Code      // by number
	Classes    []*Class     // by class
	Headers    []*Header    // by field name, without regard to case
	Frameworks []*Framework // by id
	Clients    []*Client    // by id
	Specs      Specs
	Registry   Registry
	Findings   Findings
	About      Page
}

// sort puts the lists into the order that the lookups count on.
func (m *Model) sort() {
	slices.SortFunc(m.Codes, func(a, b *Code) int { return cmp.Compare(a.Code, b.Code) })
	slices.SortFunc(m.Classes, func(a, b *Class) int { return cmp.Compare(a.Class.S, b.Class.S) })
	slices.SortFunc(m.Headers, func(a, b *Header) int { return compareFold(a.Field.S, b.Field.S) })
	slices.SortFunc(m.Frameworks, func(a, b *Framework) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(m.Clients, func(a, b *Client) int { return cmp.Compare(a.ID, b.ID) })
}

func compareFold(a, b string) int {
	return cmp.Compare(strings.ToLower(a), strings.ToLower(b))
}

// lookup searches a sorted list.
func lookup[T, K any](list []*T, key K, compare func(*T, K) int) *T {
	if i, ok := slices.BinarySearchFunc(list, key, compare); ok {
		return list[i]
	}
	return nil
}

// CodeByNumber returns the page of a number, or nil.
func (m *Model) CodeByNumber(number int) *Code {
	return lookup(m.Codes, number, func(c *Code, n int) int { return cmp.Compare(c.Code, n) })
}

// ClassByID returns the class named 1xx to 5xx, or nil.
func (m *Model) ClassByID(id string) *Class {
	return lookup(m.Classes, id, func(c *Class, id string) int { return cmp.Compare(c.Class.S, id) })
}

// HeaderByName returns the page of a header field, in whatever case the name is written, or nil.
func (m *Model) HeaderByName(name string) *Header {
	return lookup(m.Headers, name, func(h *Header, name string) int { return compareFold(h.Field.S, name) })
}

// Framework returns the framework with that id, or nil.
func (m *Model) Framework(id string) *Framework {
	return lookup(m.Frameworks, id, func(f *Framework, id string) int { return cmp.Compare(f.ID, id) })
}

// Client returns the client with that id, or nil.
func (m *Model) Client(id string) *Client {
	return lookup(m.Clients, id, func(c *Client, id string) int { return cmp.Compare(c.ID, id) })
}

// RFC returns the document that content/specs.yaml lists under that number, or nil.
func (m *Model) RFC(number int) *RFC {
	for i := range m.Specs.RFCs {
		if m.Specs.RFCs[i].Number == number {
			return &m.Specs.RFCs[i]
		}
	}
	return nil
}

// Registered returns the registry's entry for a number. Where both IANA and a vendor have one, it is IANA's.
func (m *Model) Registered(number int) (Registration, bool) {
	for _, list := range [][]Registration{m.Registry.IANA, m.Registry.Vendors} {
		for _, r := range list {
			if r.Code == number {
				return r, true
			}
		}
	}
	return Registration{}, false
}
