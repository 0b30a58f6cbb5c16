package value

import "testing"

func TestOutcomes(t *testing.T) {
	outcomes := NewOutcomes([]string{"Grün", "go on"}, []string{"rot", "ok"})
	for want, cells := range map[Outcome][]string{
		Success: {
			"allow", "Allowed", "ACCEPT", "permitted", "Pass", "close", "established", "ESTABLISHED", "TIME_WAIT", "SF", "RSTO", "tcp-fin",
			"allowed by rule 4", "Connection established", "erlaubt", "Zugelassen", "verbunden", "success (200)", "end", "autorisé", "Connexion acceptée", "grün", "go on", "Policy: GRÜN",
		},
		Failure: {
			"deny", "Denied", "denied by rule 4", "connection-refused", "connection_refused", "not allowed", "not  permitted", "Nicht erlaubt", "kein Erfolg",
			"wasn't accepted", "dropped", "DROP", "blocked", "rejected", "reset-both", "SYN_SENT", "SYN_RECV", "S0", "REJ", "RSTOS0", "incomplete", "ip-conn",
			"allow, then drop", "verworfen", "Blockiert", "fehlgeschlagen", "LISTENING", "rot", "ok", "No connection established", "error 5", "unreachable",
			"refusé", "non autorisé", "pas acceptée", "bloqué", "échec",
		},
		Ended:     {"client-rst", "server-rst", "timeout", "aged-out", "Closed", "Connection Opened", "connection reset", "OTH"},
		NotKnown:  {"forward", "Active", "maybe", "4", "monitor", "tcp", "not blocked", "allowlist", "built", "dense", "?", "start"},
		NoOutcome: {""},
	} {
		for _, cell := range cells {
			for range 2 { // reading must not change the answer
				if got := outcomes.Read(cell); got != want {
					t.Errorf("%q: found %d, want %d", cell, got, want)
				}
			}
		}
	}
}
