// Command hold keeps a file or a folder open, as a viewer does, until its standard
// input ends.
package main

import (
	"fmt"
	"io"
	"os"
	"syscall"
)

func main() {
	name, err := syscall.UTF16PtrFromString(os.Args[1])
	if err == nil {
		// Others may read it, but not write, rename or remove it.
		_, err = syscall.CreateFile(name, syscall.GENERIC_READ, syscall.FILE_SHARE_READ, nil, syscall.OPEN_EXISTING, syscall.FILE_FLAG_BACKUP_SEMANTICS, 0)
	}
	fmt.Println("held", err)
	_, _ = io.Copy(io.Discard, os.Stdin)
}
