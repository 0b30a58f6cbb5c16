package sample

import "strings"

// people is how many have the devices: 68 for a hundred.
func (f Fleet) people() int { return f.owner(f.Devices-1) + 1 }

// owner is the number of the person who has a device.
func (f Fleet) owner(device int) int { return device * 68 / 100 }

// unlisted are the people that the roster lacks: their devices go by the
// console's organisation.
func unlisted(person int) bool { return person%68 == 67 }

// home is the department in which a person began. The first of each department
// is its manager; of the others the earlier departments have more.
func (f Fleet) home(number int) int {
	if number < f.Departments {
		return number
	}
	d := f.roll(aPerson, number, 0)
	return min(d.below(f.Departments), d.below(f.Departments))
}

// department is where somebody works on a night. For every ten devices to which
// something happens, somebody who is no manager moves.
func (f Fleet) department(number, night int) int {
	department := f.home(number)
	for n := 1; n <= night && number >= f.Departments; n++ {
		if d := f.roll(aPersonsNight, number, n); d.chance(f.Changed / 10) {
			department = d.below(f.Departments)
		}
	}
	return department
}

const mailDomain = "larkfield.example"

// FirstNames and LastNames are combined into people who do not exist.
var (
	FirstNames = []string{
		"Ada", "Aiko", "Amara", "Anders", "Bilal", "Chidi", "Dara", "Elif", "Farah", "Hana", "Idris", "Ines", "Jonas", "Kavya", "Lena", "Mateo",
		"Milan", "Nadia", "Noor", "Omar", "Paloma", "Ravi", "Sanne", "Selma", "Tomas", "Uma", "Viktor", "Wanda", "Yara", "Zoltan", "Maeve", "Piet",
	}
	LastNames = []string{
		"Abara", "Bergen", "Castro", "Dvorsky", "Eskola", "Fonseka", "Galloway", "Haddad", "Ito", "Jansen", "Kovac", "Laurent", "Moreau", "Nakata",
		"Okoye", "Pereira", "Quist", "Rahimi", "Sato", "Tran", "Ueda", "Vargas", "Weber", "Yilmaz", "Zeman", "Oshea", "Blomfield", "Chandra",
		"Duarte", "Engstrom", "Farkas", "Greco",
	}
	mailNames = lower(FirstNames)
	mailLasts = lower(LastNames)
)

func lower(names []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = strings.ToLower(name)
	}
	return all
}

// names gives a person's place in both lists, and the number that tells
// namesakes apart, 0 for the first.
func names(person int) (first, last, namesake int) {
	return person % len(FirstNames), person / len(FirstNames) % len(LastNames), person / len(FirstNames) / len(LastNames)
}

func (r *row) partMail(person int) {
	first, last, namesake := names(person)
	r.part(mailNames[first])
	r.part(".")
	r.part(mailLasts[last])
	if namesake > 0 {
		r.partNumber(namesake + 1)
	}
	r.part("@" + mailDomain)
}

func (r *row) addMail(person int) { r.partMail(person); r.add("") }

// addAlias adds the short name by which the directory knows some.
func (r *row) addAlias(person int) {
	first, last, namesake := names(person)
	r.part(mailNames[first][:min(3, len(mailNames[first]))])
	r.part(mailLasts[last])
	r.addNumber(namesake)
}

func (r *row) addFullName(person int) {
	first, last, namesake := names(person)
	r.part(FirstNames[first])
	r.part(" ")
	r.part(LastNames[last])
	if namesake > 0 {
		r.part(" ")
		r.partNumber(namesake + 1)
	}
	r.add("")
}

var (
	functions = []string{
		"Sales", "Customer Support", "Manufacturing", "Research and Development", "Field Service", "Finance", "Information Technology", "Logistics",
		"Human Resources", "Marketing", "Procurement", "Quality", "Legal", "Facilities", "Product Management", "Engineering", "Training", "Security",
		"Communications", "Internal Audit",
	}
	regions = []string{"", " North", " South", " East", " West", " Central", " Coast", " Islands", " Highlands", " Overseas"}
)

// partDepartment names a department: 20 functions in ten regions, and from
// there on numbered.
func (r *row) partDepartment(number int) {
	r.part(functions[number%len(functions)])
	number /= len(functions)
	r.part(regions[number%len(regions)])
	if number /= len(regions); number > 0 {
		r.part(" ")
		r.partNumber(number + 1)
	}
}

var rosterHeader = []string{"username", "email", "department", "manager", "manager_email"}

// roster is the directory's list: kept by hand, so that some departments are
// spelled with care and some without.
func (f Fleet) roster(night, from, to int) rows {
	return func(yield func(*row) error) error {
		var r row
		for number := from; number < to; number++ {
			if unlisted(number) {
				continue
			}
			r.reset()
			d := f.roll(aPerson, number, 1)
			department := f.department(number, night)
			if d.below(20) == 0 {
				r.addAlias(number)
			} else {
				r.addMail(number)
			}
			r.addMail(number)
			r.partDepartment(department)
			if d.below(30) == 0 {
				r.part(" ")
			}
			r.add("")
			r.addFullName(department)
			r.addMail(department)
			if err := yield(&r); err != nil {
				return err
			}
		}
		return nil
	}
}
