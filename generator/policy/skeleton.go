package policy

import (
	_ "embed"
	"io"
	"text/template"
)

//go:embed skeleton.tmpl
var skeleton string

// Skeleton says what sort of notice [Skeleton.Write] begins.
type Skeleton struct {
	// System is windows, mac or linux for a notice about an operating system; ""
	// for one about an app.
	System string
	// Port is set where a port stops too.
	Port bool
}

// Write writes a policy with blanks to fill in, and says of each what it wants.
func (s Skeleton) Write(w io.Writer) error {
	return template.Must(template.New("skeleton").Parse(skeleton)).Execute(w, s)
}
