package policy

import (
	_ "embed"
	"io"
	"text/template"
)

//go:embed skeleton.tmpl
var skeleton string

// Skeleton says for what sort of notice [Skeleton.Write] starts a policy.
type Skeleton struct {
	// System is windows, mac or linux for a notice about an operating system; ""
	// for one about an app.
	System string
	// Port is set when the notice also retires a port.
	Port bool
}

// Write writes a policy with blanks to fill in, and says what each blank wants.
func (s Skeleton) Write(w io.Writer) error {
	return template.Must(template.New("skeleton").Parse(skeleton)).Execute(w, s)
}
