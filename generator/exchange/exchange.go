package exchange

// Field is one field line: a name and the value without the white space around it. Line and Column say
// where the name stands in the parsed text, counted from 1; both are 0 where nothing was parsed.
type Field struct {
	Name, Value  string
	Line, Column int
}

// Fields is a field section in the order of the wire. Names are compared without regard to case
// (RFC 9110 section 5.1).
type Fields []Field

// Get returns the value of the first field line with that name, and whether there is one.
func (f Fields) Get(name string) (string, bool) {
	for i := range f {
		if equalFold(f[i].Name, name) {
			return f[i].Value, true
		}
	}
	return "", false
}

// Values returns the values of all field lines with that name, in their order; nil if there is none.
func (f Fields) Values(name string) []string {
	var values []string
	for i := range f {
		if equalFold(f[i].Name, name) {
			values = append(values, f[i].Value)
		}
	}
	return values
}

// Has reports whether there is a field line with that name.
func (f Fields) Has(name string) bool {
	_, ok := f.Get(name)
	return ok
}

// Add appends a field line. It does not replace one of the same name.
func (f *Fields) Add(name, value string) {
	*f = append(*f, Field{Name: name, Value: value})
}

// Request is a request message. A listing that shows only fields leaves Method, Target and Version empty.
// Body is the content without transfer coding. Line is the line of the start line, 0 when not parsed.
type Request struct {
	Method, Target, Version string
	Fields                  Fields
	Body                    string
	Trailers                Fields
	Line                    int
}

// Response is a response message, interim or final. Status is 0 for a listing that shows only fields.
// Body is the content without transfer coding. Line is the line of the start line, BodyLine the first
// line of the body; 0 when not parsed, and BodyLine also when there is no body.
type Response struct {
	Version        string
	Status         int
	Reason         string
	Fields         Fields
	Body           string
	Trailers       Fields
	Line, BodyLine int
}

// Exchange is a request with its answer. Either may be missing. Interim holds the 1xx responses that came
// before the final one; 101 is a final response on its connection (RFC 9110 section 15.2.2).
type Exchange struct {
	Request  *Request
	Interim  []Response
	Response *Response
}

// Issue is something in a text that is wrong or could not be read. Message is lower case and without full
// stop; Hint says what to write instead and may be empty.
type Issue struct {
	Line, Column  int
	Message, Hint string
}

// interim reports whether a response with this status is followed by another one (RFC 9110 section 15.2).
func interim(status int) bool {
	return status >= 100 && status < 200 && status != 101
}

// bodiless reports whether a response with this status ends with its header section, whatever its fields
// say (RFC 9112 section 6.3, rule 1).
func bodiless(status int) bool {
	return interim(status) || status == 204 || status == 304
}
