package fair

import (
	"cmp"
	"slices"
)

// How invitations are spread over a fair's hours.
const (
	slotMinutes = 30
	perSlot     = 4 // people at one booth in one slot: about seven minutes for each
)

// slotsOf are the beginnings of the slots that end within the hours.
func slotsOf(from, to int) (list []int) {
	for at := from; at+slotMinutes <= to; at += slotMinutes {
		list = append(list, at)
	}
	return list
}

// timetable says who is where when. Nobody is at two booths at once, and no booth has more than perSlot people in a slot.
type timetable struct {
	slots []int
	booth map[[2]int64]int   // employer and slot → people
	busy  map[[2]int64]int64 // person and slot → employer
	at    map[[2]int64]int   // person and employer → slot
}

func newTimetable(slots []int, have []Invite) *timetable {
	t := &timetable{slots, map[[2]int64]int{}, map[[2]int64]int64{}, map[[2]int64]int{}}
	for _, v := range have {
		t.put(&v, v.Slot)
	}
	return t
}

func (t *timetable) put(v *Invite, slot int) {
	v.Slot = slot
	if _, known := t.at[[2]int64{v.PersonID, v.EmployerID}]; known {
		return
	}
	t.booth[[2]int64{v.EmployerID, int64(slot)}]++
	t.busy[[2]int64{v.PersonID, int64(slot)}] = v.EmployerID
	t.at[[2]int64{v.PersonID, v.EmployerID}] = slot
}

// free reports whether somebody could be at a booth in a slot.
func (t *timetable) free(person, employer int64, slot int) bool {
	_, busy := t.busy[[2]int64{person, int64(slot)}]
	return !busy && slices.Contains(t.slots, slot) && t.booth[[2]int64{employer, int64(slot)}] < perSlot
}

// place gives an invitation the slot in which its booth has the fewest people, the earliest of these; a second vacancy at the
// same booth goes into the first one's slot. ok is false when there is none.
func (t *timetable) place(v *Invite) (ok bool) {
	if slot, known := t.at[[2]int64{v.PersonID, v.EmployerID}]; known {
		v.Slot = slot
		return true
	}
	best := -1
	for _, slot := range t.slots {
		if t.free(v.PersonID, v.EmployerID, slot) && (best < 0 || t.booth[[2]int64{v.EmployerID, int64(slot)}] < t.booth[[2]int64{v.EmployerID, int64(best)}]) {
			best = slot
		}
	}
	if best < 0 {
		return false
	}
	t.put(v, best)
	return true
}

// schedule gives invitations their slots, the best fits first, and returns those that found one.
func (t *timetable) schedule(list []Invite) (placed []Invite, crowded int) {
	slices.SortFunc(list, func(a, b Invite) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.PersonID, b.PersonID), cmp.Compare(a.VacancyID, b.VacancyID))
	})
	for _, v := range list {
		if t.place(&v) {
			placed = append(placed, v)
		} else {
			crowded++
		}
	}
	return placed, crowded
}
