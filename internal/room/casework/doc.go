// Package casework is the room for following people until insurance data prove the job (跟踪帮扶): zero-employment
// households with their statutory deadline, visits, the officer's desk, the file of one person (一人一档), and the
// person's own view of it.
//
// It serves 零就业家庭动态管理 (S28), 就业困难人员实名制 (S27, as far as shown), 一人一档、一人一策 (R82), 跟踪服务 of 四位一体 (S02)
// and rule R28: a member of a zero-employment household is in work within 10 working days of recognition.
//
// It is not for deciding entitlement (policy), for choosing vacancies (jobs), or for counting (plan): their lines on
// a person's file come through the small interfaces in neighbours.go.
package casework
