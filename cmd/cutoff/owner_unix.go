//go:build unix

package main

import (
	"io/fs"
	"syscall"
)

// modesCount says that a file's mode tells who may do what.
const modesCount = true

// ownedByOther reports whether somebody else than root owns a file.
func ownedByOther(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && stat.Uid != 0
}
