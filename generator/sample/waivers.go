package sample

// WaiversHeader has the columns of waivers.
var WaiversHeader = []string{"device", "reason", "owner", "approver", "expires"}

var reasons = []string{
	"Controls a machine that is replaced in spring", "Replacement ordered", "Laboratory device without a way out", "Vendor's own image, upgrade asked for",
}

// waivers are the exemptions on a night. Some have expired, some are for devices
// that need none, and one is for a device that was sold.
func (f Fleet) waivers(night int) rows {
	return func(yield func([]string) bool) {
		for number := range f.Devices {
			m := f.machine(number, night)
			if !m.hasWaiver {
				continue
			}
			reason := pick(f.roll(aMachine, number, 3), reasons)
			if !yield([]string{f.guid(&m), reason, fullName(m.owner), fullName(f.home(m.owner)), f.day(m.waived).String()}) {
				return
			}
		}
		yield([]string{"LT-SOLD-1", "Sold; the waiver was never taken back", "Ada Abara", "Ada Abara", f.day(60).String()})
	}
}
