package problem

// Kind names a sort of problem. It is a column of problems.csv, so a published kind
// keeps its spelling.
type Kind string

// The kinds. Each says what happened to its row.
const (
	// The row was rejected: it has no usable identity, or cannot be cut into cells.
	MissingGUID Kind = "missing-guid" // no GUID, or no name and username in a file without GUIDs
	DamagedGUID Kind = "damaged-guid" // a spreadsheet turned the GUID into a rounded number
	ExtraCells  Kind = "extra-cells"  // cells beyond the header, so cells may be shifted; if they are empty, the row counts
	ShiftedRow  Kind = "shifted-row"  // cells that would fit their columns if they were moved
	TornRow     Kind = "torn-row"     // its quotes do not fit, so that cells may be shifted

	// The row counts; one of its cells does not.
	UnreadableVersion Kind = "unreadable-version" // the device's version is unknown
	ShownVersion      Kind = "shown-version"      // a workbook shows 5.10 and stores 5.1, which counts
	UnreadableDate    Kind = "unreadable-date"    // the date counts as missing
	DamagedUID        Kind = "damaged-uid"        // a rounded number; the destination's name alone decides
	FutureDate        Kind = "future-date"        // later than the as-of date, counts as missing
	UnreadablePort    Kind = "unreadable-port"    // the port counts as missing
	UnreadableAddress Kind = "unreadable-address" // the address counts as missing
	NoteRow           Kind = "note-row"           // a single text in a file without GUIDs: a note and not a device
	ShortRow          Kind = "short-row"          // perhaps cut; the missing cells count as empty
	ErrorCell         Kind = "error-cell"         // a formula's error; the cell counts as empty

	// Two inputs, or two rows of one, disagree.
	Conflict        Kind = "conflict"         // the newest row counts
	SharedGUID      Kind = "shared-guid"      // two computers in use carry one GUID; the newest row counts
	DuplicateFile   Kind = "duplicate-file"   // same bytes as another input
	DuplicateColumn Kind = "duplicate-column" // two columns of one meaning, equal in every row
	DuplicatePerson Kind = "duplicate-person" // two roster rows for one person; the first counts

	// A device is judged, and somebody should look at it.
	CloudPortOnPremises Kind = "cloud-port-on-premises" // an on-premises device was seen on the retired port at the vendor's cloud

	NoDestination Kind = "no-destination" // no report says where some devices store

	// A row of evidence, of the roster or of the waivers does not count.
	UnjoinedConnection    Kind = "unjoined-connection"
	UnreadableDestination Kind = "unreadable-destination" // neither a host nor an address
	// Such a row counts on a retired port, and on no other.
	UnknownOutcome Kind = "unknown-outcome"

	UnjoinedPerson   Kind = "unjoined-person"
	RefusedWaiver    Kind = "refused-waiver"
	AmbiguousWaiver  Kind = "ambiguous-waiver"
	ExpiredWaiver    Kind = "expired-waiver"
	UnusedWaiver     Kind = "unused-waiver"
	IncompleteWaiver Kind = "incomplete-waiver" // it lacks a reason, an owner or an approver, which alone does not refuse it

	// The file as a whole looks wrong, or was read in a way worth knowing.
	Suspicious   Kind = "suspicious"   // for instance exactly 1,000 rows
	NoHeader     Kind = "no-header"    // a sheet that was not read
	HiddenSheet  Kind = "hidden-sheet" // a hidden sheet that was read
	Unrecognised Kind = "unrecognised" // the file cannot be used at all
	Damaged      Kind = "damaged"      // the file cannot be trusted at all
	TooLarge     Kind = "too-large"    // a limit of the settings was passed
	BadSetting   Kind = "bad-setting"  // configuration or policy
	Forced       Kind = "forced"       // published in spite of a stop, by --force
)
