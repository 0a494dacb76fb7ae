// Package person is the one real-name register (实名制): people, their households, and what departments have
// reported about each of them. Every room may read it; only intake and casework write to it.
//
// It serves 自治区级集中的公共就业大数据库 (S20), 就业信息资源库 (S21), 就业实名制 (S22), 就业失业登记 (S24) and the
// registers of the key groups (S26 to S36). It is not for deciding anything: eligibility is policy's, help is
// casework's, numbers are plan's.
package person
