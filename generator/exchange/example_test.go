package exchange_test

import (
	"fmt"

	"httpstatus/generator/exchange"
)

func ExampleParseRequest() {
	r, issues := exchange.ParseRequest("GET /a HTTP/1.1\nHost : example.com\n")
	fmt.Println(r.Method, r.Target)
	for _, is := range issues {
		fmt.Printf("%d:%d: %s\n", is.Line, is.Column, is.Message)
	}
	// Output:
	// GET /a
	// 2:5: white space before the colon
}

func ExampleParseResponses() {
	responses, _ := exchange.ParseResponses(`HTTP/1.1 103 Early Hints
Link: </a.css>; rel=preload

HTTP/1.1 403 Forbidden
Content-Type: text/plain

not yours
`)
	for _, r := range responses {
		fmt.Printf("%d %q\n", r.Status, r.Body)
	}
	// Output:
	// 103 ""
	// 403 "not yours"
}

func ExampleParse() {
	exchanges, _ := exchange.Parse(`$ curl -iL http://example.com/old
HTTP/1.1 301 Moved Permanently
Location: /new

HTTP/2 403
content-type: text/plain

not yours
`)
	for _, e := range exchanges {
		fmt.Println(e.Response.Version, e.Response.Status)
	}
	// Output:
	// HTTP/1.1 301
	// HTTP/2 403
}

func ExampleResponse_Wire() {
	r := exchange.Response{Status: 405, Reason: "Method Not Allowed"}
	r.Fields.Add("Allow", "GET, HEAD")
	fmt.Printf("%q", r.Wire())
	// Output: "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\n\r\n"
}

func ExampleCurl() {
	r, _ := exchange.ParseRequest("DELETE /projects/42 HTTP/1.1\nHost: api.example.com\nAuthorization: Bearer viewer-token\n")
	fmt.Println(exchange.Curl(*r, "https"))
	// Output:
	// curl -i -X DELETE https://api.example.com/projects/42 \
	//   -H 'Authorization: Bearer viewer-token'
}

func ExampleFetchCall() {
	r, _ := exchange.ParseRequest("DELETE /projects/42 HTTP/1.1\nHost: api.example.com\nAuthorization: Bearer viewer-token\n")
	fmt.Println(exchange.FetchCall(*r, "https"))
	// Output:
	// const response = await fetch("https://api.example.com/projects/42", {
	//   method: "DELETE",
	//   headers: {
	//     "Authorization": "Bearer viewer-token",
	//   },
	// });
}

func ExampleHTTPie() {
	r, _ := exchange.ParseRequest("DELETE /projects/42 HTTP/1.1\nHost: api.example.com\nAuthorization: Bearer viewer-token\n")
	fmt.Println(exchange.HTTPie(*r, "https"))
	// Output:
	// http DELETE https://api.example.com/projects/42 \
	//   'Authorization:Bearer viewer-token'
}
