// Package deliver brings the site to people who do not open it. Each manager gets
// a mail about the devices of his or her own people, and named addresses get the
// zips of the whole site. It takes a finished site, the roster as it is today and
// the log of what was sent. It decides which mails are due, writes and sends them,
// and says what became of each. No other package opens a network, and this one
// only to send. Who answers for whom is read from the roster each time.
package deliver
