// Package deliver brings the site to those who do not open it: a mail to each
// manager about the devices of his or her own people, and the zips of the whole
// site to whoever is named. It takes a finished site, the roster as it is today
// and the log of what was sent; it gives messages, sends those that are due, and
// says what became of each. It alone opens a network, and only to send. Nothing
// of who answers for whom is kept: it is read anew each time.
package deliver
