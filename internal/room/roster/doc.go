// Package roster is the room of the real-name lists (实名名单) and of comparison between registers (比对).
//
// It serves S26 to S36, S40 and S43 (离校未就业毕业生、就业困难人员、零就业家庭、脱贫人口、退役军人 … 实名台账) and S37 (跨部门数据比对联动).
// A list is a yaml document (rosters/*.yaml): whom it takes by a rule over register/dictionary, when one leaves, what must be
// known of each member, which services are due and how often, and its "without" twins (30 天无走访, 无需求登记 …). A
// comparison (comparisons/*.yaml) is the same machine: whoever the rule finds is a finding (疑点) that somebody answers; one
// that no longer holds closes itself. Every list is drawn over the whole register in one pass (Refresh); entering and
// leaving are kept with their reasons.
//
// It is not for deciding entitlements (policy) and not for placing people (casework, jobs).
package roster
