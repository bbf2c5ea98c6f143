// Package exchange holds one HTTP exchange as data: a request, the interim responses and the final
// response, as they stand on the wire. It reads them from text and writes them as text.
//
// There are two ways in. [ParseRequest] and [ParseResponses] are strict and check the examples of the
// site: every departure from the grammar of RFC 9110 and RFC 9112 is an [Issue] with its place. [Parse]
// is tolerant and reads whatever somebody pasted: the output of curl -i and curl -v, HAR files, header
// listings copied from a browser, raw messages.
//
// There are two ways out: Wire writes HTTP/1.1 text, and [Curl], [FetchCall] and [HTTPie] write the
// request as a command or call that sends it.
//
// The package says whether text is a message, not whether the message is a good one: which fields a
// status code needs, whether a length is right or a value makes sense is for others to judge. It knows
// no sockets, files, clocks, YAML or HTML, and must not import net/http, os, fmt or regexp: it is also
// compiled to WebAssembly, where each of these would cost every visitor.
//
// Lines and columns count from 1. A column counts characters, not bytes.
package exchange
