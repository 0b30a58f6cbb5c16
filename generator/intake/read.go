package intake

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/intake/evidence"
	"example.org/cutoff/generator/intake/ledger"
	"example.org/cutoff/generator/intake/people"
	"example.org/cutoff/generator/intake/rows"
	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/table/charset"
	"example.org/cutoff/generator/problem"
)

// Input is one file to read.
type Input struct {
	// Path is what positions show. It is relative to the configuration, with
	// forward slashes; "-" is standard input.
	Path string
	Kind Kind
	// Open opens the file at its first byte. It is called once.
	Open func() (io.ReadCloser, error)
	// Stat gives the size and the time of the last change. It is called before
	// and after reading, to notice a file that changes meanwhile. Where it is nil,
	// such a change goes unnoticed.
	Stat func() (size int64, changed time.Time, err error)
}

// Refused is the error for inputs that cannot be used. Nothing may be published
// then, even if the other inputs are good. Problems has every such fault of the
// run, at least one, sorted.
type Refused struct{ Problems problem.List }

// Error gives every fault, one a line.
func (r *Refused) Error() string { return r.Problems.Error() }

// Unwrap gives the faults as a [problem.List].
func (r *Refused) Unwrap() error { return r.Problems }

// reader reads the sheets of one kind of input. It never has to undo a sheet: if
// the file is refused later, so is the run. If the file repeats another one, its
// rows merge into that one's.
type reader interface {
	Sheet(*rows.Sheet) error
}

// files reads the inputs in turn and keeps their ledgers.
type files struct {
	opts     Options
	accounts []*ledger.Account
	refusals problem.List
	// first has the path of the first file with each content. The key is the kind
	// and the digest.
	first map[string]string
}

// read reads inputs of one kind. It goes on after a refusal, so that one run
// names them all.
func (f *files) read(inputs []Input, into reader) {
	for _, in := range inputs {
		account := ledger.New(in.Path, in.Kind)
		f.accounts = append(f.accounts, account)
		if err := f.file(in, account, into); err != nil {
			f.refusals = append(f.refusals, refusal(in.Path, err))
		}
	}
}

// close puts the ledgers and the problems into the result, sorted. It fails for
// a refused input or a ledger that does not balance.
func (f *files) close(into *Result) error {
	if len(f.refusals) > 0 {
		problem.Sort(f.refusals)
		return &Refused{f.refusals}
	}
	kinds := []Kind{Report, Connections, Roster, Waivers}
	slices.SortStableFunc(f.accounts, func(a, b *ledger.Account) int {
		return cmp.Compare(slices.Index(kinds, a.Kind()), slices.Index(kinds, b.Kind()))
	})
	for _, account := range f.accounts {
		file, problems, err := account.Close()
		if err != nil {
			return err
		}
		into.Files = append(into.Files, file)
		into.Problems = append(into.Problems, problems...)
		joined, unjoined := account.Joined()
		into.Joined += joined
		into.Unjoined += unjoined
	}
	problem.Sort(into.Problems)
	return nil
}

// file reads one input to its end, and refuses one that changed meanwhile.
func (f *files) file(in Input, account *ledger.Account, into reader) error {
	changed, err := watch(in)
	if err != nil {
		return err
	}
	r, err := in.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	if err := f.content(r, account, into); err != nil {
		return err
	}
	sum, size := account.Content()
	if again, err := changed(size); err != nil {
		return err
	} else if again {
		return table.Refuse(problem.Position{File: in.Path}, problem.Damaged, "found a file that changes while it is read, want it complete: run again when it is")
	}
	key := string(in.Kind) + " " + sum
	if first, repeated := f.first[key]; repeated {
		account.Repeat(first)
	} else {
		f.first[key] = in.Path
	}
	return nil
}

// content finds out what form an input has (YAML, a log, a listing or a table)
// and reads it.
func (f *files) content(r io.Reader, account *ledger.Account, into reader) error {
	keys := column.NewMatcher(account.Kind(), f.opts.Columns, f.opts.Show)
	keys.System = f.opts.System
	switch into := into.(type) {
	case *people.Waivers:
		if people.IsYAML(account.Path()) {
			return into.YAML(r, keys, account)
		}
	case *evidence.Reader:
		head, is := evidence.IsLog(r)
		if is {
			return into.Log(head, account)
		}
		first, _ := head.Peek(evidence.HeadBytes)
		t, err := into.Table(first, head, account)
		if err != nil {
			return err
		}
		if t != nil {
			return f.table(t, keys, account, into)
		}
		r = head
	}
	t, err := f.opts.open(account.Path(), r)
	if err != nil {
		return err
	}
	return f.table(t, keys, account, into)
}

// table reads the sheets of an open table.
func (f *files) table(t *table.File, keys *column.Matcher, account *ledger.Account, into reader) error {
	defer t.Close()
	if err := rows.Read(t, keys, account, into.Sheet); err != nil {
		return err
	}
	if account.Kind() == Report && account.Used() == 0 {
		return table.Refuse(problem.Position{File: account.Path()}, problem.Unrecognised, "found a report without a device ("+account.Unused()+"), want at least one"+account.Commonest())
	}
	switch encoding, said := t.Encoding(), f.opts.encoding(account.Path()); {
	case encoding != "" && encoding == said.Name:
		account.Note("It is read as %s, as the configuration says.", problem.Visible(encoding))
	case encoding == "Windows-1252":
		account.Note("It is not UTF-8 and does not say what it is: it is read as Windows-1252.")
	}
	account.Digest(t.SHA256(), t.Bytes())
	account.Take(t.Problems())
	return nil
}

// open opens a table as the options say.
func (o Options) open(path string, r io.Reader) (*table.File, error) {
	return table.Open(path, r, o.Limits, o.encoding(path))
}

func (o Options) encoding(path string) charset.Encoding {
	if o.Encoding == nil {
		return charset.Encoding{}
	}
	return o.Encoding(path)
}

// watch looks at the input now. The function that it returns is called after
// reading, with the number of bytes read, and says whether the input changed.
func watch(in Input) (func(bytes int64) (bool, error), error) {
	if in.Stat == nil {
		return func(int64) (bool, error) { return false, nil }, nil
	}
	size, changed, err := in.Stat()
	if err != nil {
		return nil, err
	}
	return func(bytes int64) (bool, error) {
		nowSize, nowChanged, err := in.Stat()
		return nowSize != size || bytes != size || !nowChanged.Equal(changed), err
	}, nil
}

// refusal turns an error of reading an input into a problem.
func refusal(path string, err error) problem.Problem {
	if r := (*table.Refusal)(nil); errors.As(err, &r) {
		return r.Problem
	}
	p := problem.Problem{Position: problem.Position{File: path}, Kind: problem.Unrecognised}
	if errors.Is(err, fs.ErrNotExist) {
		p.Message = "found no such file, want one that can be read"
		return p
	}
	p.Message = fmt.Sprintf("found a file that cannot be read (%s), want one that can", problem.Visible(problem.Cause(err).Error()))
	return p
}
