package exchange

import "strings"

// HTTPie returns the request as an HTTPie command for a POSIX shell (HTTPie 3: --raw). The address is made as
// for [Curl]. Fields that HTTPie adds by itself are left to it; it speaks HTTP/1.1 only.
func HTTPie(r Request, scheme string) string {
	url := address(r, scheme)
	args := []string{"http"}
	if strings.Contains(url, "/.") {
		args[0] += " --path-as-is"
	}
	if r.Method != "" && (r.Method != "GET" || r.Body != "") {
		args[0] += " " + shellQuote(r.Method)
	}
	args[0] += " " + shellQuote(url)
	fields := sendable(r)
	for _, f := range fields {
		args = append(args, httpieItem(f))
	}
	if r.Body == "" {
		return strings.Join(args, " \\\n  ")
	}
	if !fields.Has("Content-Type") {
		args = append(args, "Content-Type:") // or HTTPie says that it is JSON
	}
	if printable(r.Body) {
		args = append(args, "--raw "+shellQuote(r.Body))
		return strings.Join(args, " \\\n  ")
	}
	return printfBytes(r.Body) + " |\n  " + strings.Join(args, " \\\n  ")
}

// httpieItem writes a field as a request item. After the colon, = and @ would make it another kind of item.
func httpieItem(f Field) string {
	if f.Value == "" {
		return shellQuote(f.Name + ";")
	}
	value := f.Value
	if strings.IndexByte("=@:", value[0]) >= 0 {
		value = `\` + value
	}
	return shellQuote(f.Name + ":" + value)
}
