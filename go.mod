module example.org/cutoff

go 1.26
