package deliver

import (
	"errors"
	"fmt"
	"io/fs"

	"example.org/cutoff/generator/finished"
	"example.org/cutoff/generator/memory"
	"example.org/cutoff/generator/publish"
)

// Kept is the send log while mails go out. Each record is written to a journal
// beside the memory before the next mail is sent, and goes into the memory at the
// end. If a run is killed, the next one reads its journal and goes on from there.
// At most one mail is then sent again: one that the server took just before the
// kill. It has the same Message-ID if it goes out for the same night.
type Kept struct {
	Log     *Log
	memory  string
	journal *publish.Journal
	// dirty is set when the journal has records that the memory may not have.
	dirty bool
}

// OpenLog opens the log of a memory for one run alone. The error is a
// [*finished.Unusable] when the memory cannot be used, and wraps [publish.ErrLocked]
// when another run is sending.
func OpenLog(folder string) (*Kept, error) {
	if err := standsMemory(folder); err != nil {
		return nil, err
	}
	journal, left, err := publish.OpenJournal(folder)
	if err != nil {
		return nil, err
	}
	k := &Kept{memory: folder, journal: journal, dirty: len(left) > 0}
	if err := k.read(left); err != nil {
		if !k.dirty {
			return nil, errors.Join(err, journal.Remove())
		}
		return nil, errors.Join(err, journal.Close())
	}
	return k, nil
}

func (k *Kept) read(left []byte) error {
	remembered, err := openMemory(k.memory)
	if err != nil {
		return err
	}
	defer remembered.Close()
	text, err := remembered.Read(memory.MailName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if k.Log, err = ReadLog(text); err != nil {
		return &finished.Unusable{Path: k.memory, Found: err.Error(), Want: "the memory as it was written"}
	}
	killed, err := ReadLog(left)
	if err != nil {
		return fmt.Errorf("the journal beside the memory: %w", err)
	}
	k.Log.Add(killed.Records...)
	return nil
}

// standsMemory refuses a folder that is not a memory, before a journal is put
// beside it.
func standsMemory(path string) error {
	folder, err := publish.Open(path, publish.Memory)
	if refusal, refused := errors.AsType[*publish.Refusal](err); refused {
		return &finished.Unusable{Path: path, Found: refusal.Found, Want: "the memory that cutoff build keeps of the site"}
	}
	if err != nil {
		return err
	}
	if folder == nil {
		return &finished.Unusable{Path: path, Found: "no memory there", Want: "the one that cutoff build keeps of the site: it knows who got which mail"}
	}
	return folder.Close()
}

// openMemory opens a memory after comparing every byte with its manifest.
func openMemory(path string) (*publish.Folder, error) {
	folder, differences, err := publish.OpenVerified(path, publish.Memory)
	switch {
	case err != nil:
		return nil, err
	case len(differences) > 0:
		return nil, &finished.Unusable{Path: path, Found: "a memory that was changed (" + differences[0].String() + ")", Want: "it as it was written"}
	}
	return folder, nil
}

// Add remembers a mail that a server has taken. When it returns without an error,
// the record is on the disk.
func (k *Kept) Add(r Record) error {
	k.dirty = true
	k.Log.Add(r)
	return k.journal.Add(r.Marshal())
}

// Close puts the log into the memory and removes the journal. If the memory cannot
// be written, nothing is lost: the journal stays for the next run.
func (k *Kept) Close() error {
	if !k.dirty {
		return k.journal.Remove()
	}
	if err := k.publish(); err != nil {
		return errors.Join(fmt.Errorf("put the log of the mails into the memory; the next run does it: %w", err), k.journal.Close())
	}
	return k.journal.Remove()
}

// publish publishes the memory again, with the new log and all its other files.
func (k *Kept) publish() error {
	stage, err := publish.Begin(k.memory, publish.Memory)
	if err != nil {
		return err
	}
	defer stage.Abort()
	folder, err := openMemory(k.memory)
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := stage.WriteFile(memory.MailName, k.Log.Marshal()); err != nil {
		return err
	}
	for _, file := range folder.Manifest.Files {
		if file.Name == memory.MailName {
			continue
		}
		content, err := folder.Read(file.Name)
		if err = errors.Join(err, stage.WriteFile(file.Name, content)); err != nil {
			return err
		}
	}
	_, err = stage.Commit(folder.Manifest.About)
	return err
}
