package content

// Pos is a place in a file, counted from 1. The zero Pos is "the file as a whole".
type Pos struct {
	Line   int
	Column int
}

// Text is one paragraph of inline Markdown. Besides plain Markdown it may hold references that
// the site resolves: [403] (a code), `Retry-After` (a header field), [RFC 9110 15.5.4] (a section)
// and [^id] (an entry of the file's sources).
type Text struct {
	S   string
	Pos Pos
}

// Markdown is Text of any length, with block elements. Raw HTML is not allowed.
type Markdown struct {
	S   string
	Pos Pos
}

// Plain is a string without markup: names, URLs, code.
type Plain struct {
	S   string
	Pos Pos
}

// CodeRef names a status code, FieldRef a header field, FrameworkRef and ClientRef a file in
// content/frameworks and content/clients, SignalRef and FindingRef entries of content/findings.yaml.
type (
	CodeRef struct {
		Code int
		Pos  Pos
	}
	FieldRef     struct{ Plain }
	FrameworkRef struct{ Plain }
	ClientRef    struct{ Plain }
	SignalRef    struct{ Plain }
	FindingRef   struct{ Plain }
	// SourceRef names an entry of the same file's sources.
	SourceRef struct{ Plain }
)

// Date is a calendar day, written 2026-11-22.
type Date struct{ Plain }

// SpecRef points at a section of an RFC that content/specs.yaml lists.
type SpecRef struct {
	RFC     int   `yaml:"rfc" need:"always" range:"1-99999" doc:"Number of the RFC, such as 9110"`
	Section Plain `yaml:"section" doc:"Section number, such as 15.5.4; without it the whole document is meant"`
	Pos     Pos   `yaml:"-"`
}

// Claim is a statement with what backs it. In YAML a claim without a source of its own is a plain string.
type Claim struct {
	Text   Text        `yaml:"text" need:"always" scalar:"yes" doc:"The statement"`
	Spec   *SpecRef    `yaml:"spec" doc:"The RFC section that says so"`
	Source []SourceRef `yaml:"source" doc:"Ids from this file's sources"`
}

// Kind says what stands behind a number.
type Kind string

// The kinds of codes.
const (
	Standard  Kind = "standard"
	Vendor    Kind = "vendor"
	Reserved  Kind = "reserved"
	Temporary Kind = "temporary"
	Obsolete  Kind = "obsolete"
)

// Code is one file of content/codes: all that the site says about one number.
type Code struct {
	Code    int       `yaml:"code" need:"always" range:"100-999" doc:"The number; also the name of the file"`
	Name    Plain     `yaml:"name" need:"always" doc:"The reason phrase as RFC 9110 and the IANA registry write it"`
	Kind    Kind      `yaml:"kind" need:"always" enum:"standard,vendor,reserved,temporary,obsolete" doc:"What stands behind the number"`
	Aliases []Plain   `yaml:"aliases" doc:"Words and symptoms that people search for"`
	Specs   []SpecRef `yaml:"specs" doc:"Where the code is defined"`
	Summary Text      `yaml:"summary" need:"always" doc:"The answer, in two sentences"`
	Owners  []Owner   `yaml:"owners" doc:"For vendor codes: one entry per owner of the number"`
	Facts   Facts     `yaml:"facts" need:"always" doc:"Machine-readable properties"`

	Exchange   Exchange     `yaml:"exchange" need:"always" doc:"The request and the response that show the code"`
	Meaning    Meaning      `yaml:"meaning" need:"always" doc:"What the code says, guarantees and leaves open"`
	UseWhen    []Claim      `yaml:"use_when" min:"2" doc:"Situations in which this is the right code"`
	UseInstead []UseInstead `yaml:"use_instead" min:"2" doc:"Situations that look alike and need another code"`
	Misuses    []Misuse     `yaml:"misuses" min:"2" doc:"What people do with it, and what breaks"`
	Headers    []CodeField  `yaml:"headers" min:"1" doc:"Header fields that matter with this code"`
	Behaviour  *Behaviour   `yaml:"behaviour" doc:"What software does when it meets the code"`
	Inspector  *Inspector   `yaml:"inspector" doc:"What the Inspector looks at"`
	DeepDive   Markdown     `yaml:"deep_dive" doc:"What an expert wants to know"`
	Examples   []Example    `yaml:"examples" min:"2" doc:"Real situations with their exchange"`
	Frameworks []ByItself   `yaml:"frameworks" doc:"What frameworks do with this code by themselves"`
	Snippets   Snippets     `yaml:"snippets" doc:"Code that sends or handles the code"`
	Debugging  []Step       `yaml:"debugging" min:"3" doc:"Ordered steps to the cause"`

	Fingerprints []Fingerprint `yaml:"fingerprints" min:"4" doc:"Who sent this: how known senders' responses look"`
	Roles        *Roles        `yaml:"roles" doc:"First action for each kind of reader"`
	History      []Event       `yaml:"history" doc:"First appearance, renames, changes of meaning; oldest first"`
	FAQ          []QA          `yaml:"faq" min:"3" doc:"Questions that people ask, with answers that decide"`
	Contract     *Contract     `yaml:"contract" doc:"What a client may rely on"`
	Related      []Related     `yaml:"related" min:"3" doc:"Neighbouring codes and the difference"`
	Sources      []Source      `yaml:"sources" keyed:"id" doc:"Everything that is cited besides RFCs, by id"`
	Verified     Date          `yaml:"verified" need:"always" doc:"Day on which the claims were last checked"`

	File string `yaml:"-"` // in the content folder
}

// Owner is one vendor's use of a number.
type Owner struct {
	Owner     Plain       `yaml:"owner" need:"always" doc:"Product or company"`
	Name      Plain       `yaml:"name" need:"always" doc:"What this owner calls the code"`
	State     string      `yaml:"state" need:"always" enum:"live,retired" doc:"Whether it is still produced"`
	Seen      Seen        `yaml:"seen" need:"always" enum:"wire,log,body" doc:"Where the number appears"`
	Text      Markdown    `yaml:"text" need:"always" doc:"What it means there"`
	Recognise Text        `yaml:"recognise" need:"always" doc:"How to tell that it is this owner's"`
	Fix       Text        `yaml:"fix" need:"always" doc:"Who can do something about it, and what"`
	Exchange  *Exchange   `yaml:"exchange" doc:"How it looks, where it differs from the page's exchange"`
	Source    []SourceRef `yaml:"source" need:"always" doc:"The owner's own documentation or source"`
}

// Seen says where a number can be observed.
type Seen string

// Facts are the properties that tables, data files, the Simulator and the Inspector read.
type Facts struct {
	Acts      string     `yaml:"acts" need:"always" enum:"nobody,client,server,operator" doc:"Who has to do something first"`
	Retry     string     `yaml:"retry" need:"always" enum:"not-needed,unchanged,after-delay,changed,never" doc:"Whether and how to send the request again"`
	Cacheable string     `yaml:"cacheable" need:"always" enum:"heuristic,explicit,never" doc:"heuristic: RFC 9110 section 15.1 lists it; explicit: only with explicit freshness; never: not a final response or not storable"`
	Body      string     `yaml:"body" need:"always" enum:"expected,optional,forbidden" doc:"Whether the response has content"`
	Alert     string     `yaml:"alert" need:"always" enum:"never,rate,each" doc:"never: normal operation; rate: watch the share; each: every single one is a fault"`
	Seen      Seen       `yaml:"seen" enum:"wire,log,body" doc:"Where the number appears; wire unless said otherwise"`
	Redirect  string     `yaml:"redirect" enum:"post-to-get,to-get,keep" doc:"What happens to the method when the client follows"`
	Fields    FieldNeeds `yaml:"fields" need:"always" doc:"Response header fields"`
	Since     *Since     `yaml:"since" doc:"First definition"`
	Notes     FactNotes  `yaml:"notes" need:"always" doc:"A few words under each fact, special to this code; at most 60 characters each"`
}

// FactNotes are the small lines under the facts.
type FactNotes struct {
	Acts      Text `yaml:"acts" need:"always" max:"60"`
	Retry     Text `yaml:"retry" need:"always" max:"60"`
	Cacheable Text `yaml:"cacheable" need:"always" max:"60"`
	Body      Text `yaml:"body" need:"always" max:"60"`
	Alert     Text `yaml:"alert" need:"always" max:"60"`
}

// FieldNeeds lists response header fields by how much they are needed.
type FieldNeeds struct {
	Required []FieldRef `yaml:"required" doc:"An RFC says MUST"`
	Expected []FieldRef `yaml:"expected" doc:"Clients act on it, or an RFC says SHOULD"`
	Optional []FieldRef `yaml:"optional" doc:"Useful in some situations"`
}

// Since is the document in which a code first appeared. Here, and in History, obsolete RFCs are named on purpose.
type Since struct {
	RFC  int `yaml:"rfc" range:"1-99999" doc:"Number of the RFC"`
	Year int `yaml:"year" need:"always" range:"1989-2100" doc:"Year of publication, or of the vendor's introduction"`
}

// Exchange is raw HTTP/1.1 text. A response that begins with interim (1xx) responses holds them one after
// the other, each ended by an empty line. A code that never reaches the wire shows a log line instead.
type Exchange struct {
	Note     Text  `yaml:"note" doc:"What to look at"`
	Request  Plain `yaml:"request" need:"always" doc:"Request as sent"`
	Response Plain `yaml:"response" doc:"Response as received, interim responses included"`
	Log      Plain `yaml:"log" doc:"Log lines, for codes that are only logged"`
}

// Meaning explains a code.
type Meaning struct {
	Text          Markdown `yaml:"text" need:"always" doc:"What the code says, in one or two paragraphs"`
	Guarantees    []Claim  `yaml:"guarantees" min:"2" doc:"What a receiver knows for certain"`
	NotGuaranteed []Claim  `yaml:"not_guaranteed" min:"2" doc:"What people wrongly conclude"`
}

// UseInstead is a situation that looks like this code's and is another's.
type UseInstead struct {
	Code CodeRef `yaml:"code" need:"always" doc:"The right code"`
	When Text    `yaml:"when" need:"always" doc:"The situation"`
}

// Misuse is a wrong use seen in practice.
type Misuse struct {
	InsteadOf CodeRef     `yaml:"instead_of" need:"always" doc:"The code that belongs there"`
	What      Text        `yaml:"what" need:"always" doc:"What people do"`
	Breaks    Text        `yaml:"breaks" need:"always" doc:"What breaks, for whom"`
	Spec      *SpecRef    `yaml:"spec"`
	Source    []SourceRef `yaml:"source"`
}

// CodeField says why a header field matters with a code.
type CodeField struct {
	Field   FieldRef    `yaml:"field" need:"always"`
	Why     Text        `yaml:"why" need:"always" doc:"What it does here"`
	Without Text        `yaml:"without" need:"always" doc:"What breaks without it"`
	Spec    *SpecRef    `yaml:"spec"`
	Source  []SourceRef `yaml:"source"`
}

// Behaviour says what kinds of software do with a code.
type Behaviour struct {
	Browsers   Claim `yaml:"browsers" need:"always"`
	APIClients Claim `yaml:"api_clients" need:"always" doc:"HTTP libraries and SDKs"`
	Crawlers   Claim `yaml:"crawlers" need:"always" doc:"Search engines"`
	Monitors   Claim `yaml:"monitors" need:"always" doc:"Uptime monitors and SLOs"`
	Proxies    Claim `yaml:"proxies" need:"always" doc:"Caches, CDNs, gateways"`
}

// Inspector lists what the Inspector highlights for a code.
type Inspector struct {
	Signals  []SignalRef  `yaml:"signals" need:"always" doc:"Ids from findings.yaml"`
	Findings []FindingRef `yaml:"findings" doc:"Ids of findings that belong to this code"`
}

// Example is a real situation.
type Example struct {
	Title     Plain      `yaml:"title" need:"always"`
	Text      Text       `yaml:"text" need:"always"`
	Exchanges []Exchange `yaml:"exchanges" need:"always" doc:"What is on the wire, step by step; at least one step has the page's status"`
}

// ByItself says what a framework does with a code without being told.
type ByItself struct {
	Framework FrameworkRef `yaml:"framework" need:"always"`
	ByItself  Text         `yaml:"by_itself" need:"always"`
	Source    []SourceRef  `yaml:"source" need:"always"`
}

// Snippets are code for both ends.
type Snippets struct {
	Respond []Respond `yaml:"respond" doc:"Send the code, by framework"`
	Handle  []Handle  `yaml:"handle" doc:"Handle the code, by client"`
}

// Respond sends the page's exchange with a framework.
type Respond struct {
	Framework FrameworkRef `yaml:"framework" need:"always"`
	Code      Plain        `yaml:"code" need:"always"`
	Note      Text         `yaml:"note" doc:"What the framework adds or cannot do"`
}

// Handle does the right thing with the code in a client.
type Handle struct {
	Client ClientRef `yaml:"client" need:"always"`
	Code   Plain     `yaml:"code" need:"always"`
	Note   Text      `yaml:"note"`
}

// Step is one step of debugging.
type Step struct {
	Do     Text        `yaml:"do" need:"always" doc:"The step, as an order"`
	How    Text        `yaml:"how" need:"always" doc:"Command, place to look, what the outcome means"`
	Source []SourceRef `yaml:"source"`
}

// Fingerprint tells one sender's response from another's.
type Fingerprint struct {
	Who       Plain       `yaml:"who" need:"always"`
	LooksLike Text        `yaml:"looks_like" need:"always" doc:"What is seen in the response or the log"`
	Because   Text        `yaml:"because" need:"always" doc:"Why it sends the code"`
	Fix       Text        `yaml:"fix" need:"always" doc:"Where the fix is"`
	Source    []SourceRef `yaml:"source" need:"always"`
}

// Roles gives the first action to each kind of reader.
type Roles struct {
	Visitor     Text `yaml:"visitor" need:"always" doc:"Somebody in front of a browser, not the site's owner"`
	APICaller   Text `yaml:"api_caller" need:"always"`
	ServerOwner Text `yaml:"server_owner" need:"always"`
	Operator    Text `yaml:"operator" need:"always" doc:"Whoever is on call"`
}

// Event is an entry of a code's history.
type Event struct {
	Year   int         `yaml:"year" need:"always" range:"1989-2100"`
	What   Text        `yaml:"what" need:"always"`
	RFC    int         `yaml:"rfc" range:"1-99999" doc:"The document, which may be obsolete by now"`
	Source []SourceRef `yaml:"source"`
}

// QA is a question with its answer.
type QA struct {
	Q Text `yaml:"q" need:"always"`
	A Text `yaml:"a" need:"always"`
}

// Contract is what a client may build on.
type Contract struct {
	CanAssume     []Claim `yaml:"can_assume" need:"always" min:"2"`
	MustNotAssume []Claim `yaml:"must_not_assume" need:"always" min:"2"`
	Retry         Text    `yaml:"retry" need:"always"`
	Monitoring    Text    `yaml:"monitoring" need:"always"`
}

// Related is a neighbouring code.
type Related struct {
	Code CodeRef `yaml:"code" need:"always"`
	Why  Text    `yaml:"why" need:"always" doc:"How it differs"`
}

// Source is a document that was read.
type Source struct {
	ID    string `yaml:"-"`
	Title Plain  `yaml:"title" need:"always"`
	URL   Plain  `yaml:"url" need:"always" format:"uri"`
	Pos   Pos    `yaml:"-"`
}

// Class is one file of content/classes.
type Class struct {
	Class    Plain     `yaml:"class" need:"always" doc:"1xx to 5xx; also the name of the file"`
	Name     Plain     `yaml:"name" need:"always" doc:"The name in RFC 9110 section 15"`
	Tagline  Plain     `yaml:"tagline" need:"always" doc:"The class in a handful of words"`
	Specs    []SpecRef `yaml:"specs" need:"always"`
	Summary  Text      `yaml:"summary" need:"always" doc:"What every code of the class says, in two sentences"`
	Meaning  Markdown  `yaml:"meaning" need:"always"`
	Unknown  Claim     `yaml:"unknown" need:"always" doc:"What a client does with a code of this class that it does not know"`
	Client   []Claim   `yaml:"client" need:"always" doc:"For whoever receives one"`
	Server   []Claim   `yaml:"server" need:"always" doc:"For whoever sends one"`
	Operator []Claim   `yaml:"operator" need:"always" doc:"For whoever watches the traffic"`
	Sources  []Source  `yaml:"sources" keyed:"id"`
	Verified Date      `yaml:"verified" need:"always"`

	File string `yaml:"-"` // in the content folder
}

// Header is one file of content/headers: a header field.
type Header struct {
	Field     Plain         `yaml:"field" need:"always" doc:"Field name as the registry writes it; the file is named like it in lower case"`
	Direction string        `yaml:"direction" need:"always" enum:"request,response,both" doc:"Which messages carry it"`
	Specs     []SpecRef     `yaml:"specs" doc:"Where the field is defined"`
	Summary   Text          `yaml:"summary" need:"always" doc:"What it says, in one or two sentences"`
	Syntax    Plain         `yaml:"syntax" need:"always" doc:"The grammar of the value in ABNF, or its structured-field type"`
	Examples  []FieldSample `yaml:"examples" need:"always" doc:"Field lines and what they say"`
	Meaning   Markdown      `yaml:"meaning" need:"always" doc:"How it works, in one to three paragraphs"`
	Pitfalls  []Claim       `yaml:"pitfalls" need:"always" doc:"What goes wrong with it"`
	Related   []FieldRef    `yaml:"related" doc:"Fields to read next"`
	Sources   []Source      `yaml:"sources" keyed:"id"`
	Verified  Date          `yaml:"verified" need:"always"`

	File string `yaml:"-"` // in the content folder
}

// FieldSample is a field line with its reading.
type FieldSample struct {
	Line Plain `yaml:"line" need:"always" doc:"A complete field line"`
	Says Text  `yaml:"says" need:"always" doc:"What it means"`
}

// Framework is one file of content/frameworks: something that sends responses.
type Framework struct {
	Name     Plain `yaml:"name" need:"always"`
	Language Plain `yaml:"language" need:"always" doc:"Programming or configuration language, as shown to readers"`
	Syntax   Plain `yaml:"syntax" need:"always" doc:"Highlighting lexer for its snippets"`
	Docs     Plain `yaml:"docs" need:"always" format:"uri" doc:"Its documentation"`

	ID   string `yaml:"-"`
	File string `yaml:"-"` // in the content folder
}

// Client is one file of content/clients: something that sends requests.
type Client struct {
	Name     Plain `yaml:"name" need:"always"`
	Language Plain `yaml:"language" need:"always"`
	Syntax   Plain `yaml:"syntax" need:"always" doc:"Highlighting lexer for its snippets"`
	Docs     Plain `yaml:"docs" need:"always" format:"uri"`

	ID   string `yaml:"-"`
	File string `yaml:"-"` // in the content folder
}

// Findings is content/findings.yaml.
type Findings struct {
	Signals []Signal `yaml:"signals" keyed:"id" need:"always" doc:"What the Inspector looks at, by id"`
}

// Signal is a group of things that the Inspector looks at together.
type Signal struct {
	ID    string `yaml:"-"`
	Title Plain  `yaml:"title" need:"always"`
	Text  Text   `yaml:"text" need:"always" doc:"What is looked at, in one sentence"`
	Pos   Pos    `yaml:"-"`
}

// Site is content/site.yaml.
type Site struct {
	Name        Plain `yaml:"name" need:"always"`
	Title       Plain `yaml:"title" need:"always" doc:"The question that the home page answers"`
	Description Text  `yaml:"description" need:"always"`
	BaseURL     Plain `yaml:"base_url" need:"always" format:"uri" doc:"Where the site lives; overridden by -base-url"`
	Repository  Plain `yaml:"repository" format:"uri" doc:"Where to edit and report; links to it are absent without it"`
}

// Specs is content/specs.yaml: the RFCs that may be cited.
type Specs struct {
	RFCs []RFC `yaml:"rfcs" keyed:"number" need:"always"`
}

// RFC is one document with its sections.
type RFC struct {
	Number      int       `yaml:"-"`
	Title       Plain     `yaml:"title" need:"always"`
	ObsoletedBy int       `yaml:"obsoleted_by" range:"1-99999" doc:"Number of the RFC that replaced it; then it is no authority"`
	Sections    []Section `yaml:"sections" keyed:"number"`
}

// Section is a section's number and title.
type Section struct {
	Number string `yaml:"-"`
	Title  string `yaml:"title" need:"always" scalar:"yes"`
}

// Registry is content/registry.yaml: every number that may be named, with or without a page.
type Registry struct {
	Read    Date           `yaml:"read" need:"always" doc:"Day on which the IANA registry was read"`
	IANA    []Registration `yaml:"iana" need:"always"`
	Vendors []Registration `yaml:"vendors" need:"always" doc:"Numbers in use that are not registered"`
}

// Registration is one number of the registry.
type Registration struct {
	Code      int   `yaml:"code" need:"always" range:"100-999"`
	Name      Plain `yaml:"name" need:"always"`
	State     Kind  `yaml:"state" need:"always" enum:"standard,vendor,reserved,temporary,obsolete"`
	Reference Plain `yaml:"reference" need:"always" doc:"The document that the registry names, or the owner"`
}

// Page is a page of prose: a Markdown file whose front matter holds the other fields.
type Page struct {
	Title       Plain    `yaml:"title" need:"always"`
	Description Plain    `yaml:"description" need:"always" doc:"What the page is about, for search engines and link previews"`
	Sources     []Source `yaml:"sources" keyed:"id"`
	Verified    Date     `yaml:"verified" doc:"Day on which the claims were last checked"`
	Body        Markdown `yaml:"-"`

	File string `yaml:"-"` // in the content folder
}
