package site

import (
	"strconv"
	"strings"

	"httpstatus/generator/content"
	"httpstatus/generator/exchange"
)

// Wire is an exchange laid out for reading.
type Wire struct {
	Note     content.Text
	Request  Message
	Interim  []Message
	Response *Message // nil for a code that is only logged
	Log      string
	Curl     string // the request as a command line
}

// Message is a request or a response.
type Message struct {
	Start  string
	Fields []exchange.Field
	Body   string
}

// newWire parses an exchange of the content, which the loader has checked.
func newWire(e content.Exchange) Wire {
	w := Wire{Note: e.Note, Log: strings.TrimRight(e.Log.S, "\n")}
	if req, _ := exchange.ParseRequest(e.Request.S); req != nil {
		w.Request = Message{
			Start:  req.Method + " " + req.Target + " " + req.Version,
			Fields: req.Fields,
			Body:   req.Body,
		}
		w.Curl = exchange.Curl(*req, "https")
	}
	responses, _ := exchange.ParseResponses(e.Response.S)
	for i, r := range responses {
		m := Message{Start: strings.TrimSpace(r.Version + " " + strconv.Itoa(r.Status) + " " + r.Reason), Fields: r.Fields, Body: r.Body}
		if i < len(responses)-1 {
			w.Interim = append(w.Interim, m)
			continue
		}
		w.Response = &m
	}
	return w
}
