package value

import (
	"strings"
	"unicode"
)

// Outcome is what a word of a log says of a connection.
type Outcome uint8

// The outcomes.
const (
	NoOutcome Outcome = iota // an empty cell
	Success                  // the connection came to life
	Failure                  // it was refused, or never answered
	Ended                    // it began or ended as both successes and failures do
	NotKnown                 // any other word
)

// Outcomes reads the outcomes of connections. The zero value knows only the
// program's own words.
type Outcomes struct {
	taught map[string]Outcome
}

// NewOutcomes also knows the words of an organisation's own logs, which win over
// the program's.
func NewOutcomes(success, failure []string) *Outcomes {
	o := &Outcomes{taught: map[string]Outcome{}}
	for _, word := range success {
		o.taught[strings.ToLower(Clean(word))] = Success
	}
	for _, word := range failure {
		o.taught[strings.ToLower(Clean(word))] = Failure
	}
	return o
}

// Read gives the outcome in a clean cell. If the cell as a whole means nothing,
// its words decide: one word of failure is enough, and so is a word of success
// after a negation.
func (o *Outcomes) Read(cell string) Outcome {
	if cell == "" {
		return NoOutcome
	}
	lower := strings.ToLower(cell)
	if outcome, taught := o.taught[lower]; taught {
		return outcome
	}
	if outcome, whole := wholeOutcomes[lower]; whole {
		return outcome
	}
	found, negated := NotKnown, false
	for word := range strings.FieldsFuncSeq(lower, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' }) {
		outcome, known := o.taught[word]
		if !known {
			outcome, known = outcomeWords[word]
		}
		switch {
		case negations[word]:
			negated = true
		case !known:
		case negated && outcome == Success:
			return Failure
		case negated: // "not blocked" proves nothing
			return NotKnown
		case outcome == Failure:
			return Failure
		case found != Success:
			found = outcome
		}
	}
	return found
}

// wholeOutcomes are texts that mean something as a whole: Zeek's states of a
// connection (docs.zeek.org, base/protocols/conn: S0 no reply, S1 to S3 and SF
// established, REJ rejected, RSTO and RSTR established and aborted, RSTOS0 and
// RSTRH half a handshake, SH and SHR half open, OTH mid-stream), the states that
// netstat and Windows print, and FortiOS's actions.
var wholeOutcomes = outcomeTable(
	"sf s1 s2 s3 rsto rstr close established estab time_wait time-wait timewait close_wait close-wait closewait fin_wait1 fin_wait2 fin-wait-1 fin-wait-2 fin_wait_1 fin_wait_2 finwait1 finwait2 last_ack last-ack lastack closing tcp-fin",
	"s0 rej rstos0 rstrh sh shr syn_sent syn-sent synsent syn_recv syn-recv syn_received syn-received synreceived listen listening bound abhören ip-conn reset-both reset-client reset-server policy-deny",
	"client-rst server-rst timeout timed-out aged-out tcp-rst-from-client tcp-rst-from-server oth",
)

// outcomeWords are words in English, German and French, with their inflected forms.
var outcomeWords = outcomeTable(
	`allow allows allowed allowing accept accepts accepted accepting permit permits permitted permitting pass passes passed passing
	grant grants granted establish establishes established connected success successful successfully succeeded succeed succeeds
	ok complete completed forwarded trust trusted end
	erlaube erlaubt erlaubte erlauben zugelassen zulassen akzeptiert akzeptieren durchgelassen durchlassen genehmigt gestattet gestatten erfolgreich erfolg verbunden hergestellt aufgebaut wartend
	autorisé autorisée accepté acceptée autoriser accepter permis permise réussi réussie établi établie connecté`,
	`deny denies denied denying denial drop drops dropped dropping block blocks blocked blocking reject rejects rejected rejecting rejection
	refuse refuses refused refusing refusal discard discards discarded fail fails failed failing failure error errors abort aborts aborted
	forbid forbids forbidden prohibit prohibits prohibited prevent prevents prevented unreachable unanswered incomplete unsuccessful
	disallow disallows disallowed disconnected unauthorized quarantined killed attempt attempted halfopen noreply nosyn invalid violation
	abgelehnt ablehnen verweigert verweigern blockiert blockieren blockt geblockt verworfen verwerfen gesperrt sperren abgewiesen zurückgewiesen verboten fehlgeschlagen fehler unbeantwortet unerreichbar abgebrochen gescheitert
	refusé refusée refuser refus bloqué bloquée bloquer rejeté rejetée rejeter rejet interdit interdite échec échoué abandonné`,
	`timeout timedout opened closed reset rst geöffnet geschlossen zeitüberschreitung`,
)

// negations turn a word of success into one of failure.
var negations = map[string]bool{
	"not": true, "no": true, "never": true, "without": true, "non": true, "un": true, "isn't": true, "wasn't": true, "isn’t": true, "wasn’t": true,
	"cannot": true, "can't": true, "can’t": true, "didn't": true, "didn’t": true, "nicht": true, "kein": true, "keine": true, "nie": true, "ohne": true,
	"pas": true, "jamais": true, "aucun": true, "aucune": true, "sans": true,
}

func outcomeTable(success, failure, ended string) map[string]Outcome {
	table := map[string]Outcome{}
	for outcome, words := range map[Outcome]string{Success: success, Failure: failure, Ended: ended} {
		for word := range strings.FieldsSeq(words) {
			table[word] = outcome
		}
	}
	return table
}
