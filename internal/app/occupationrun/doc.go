// Package occupationrun codes the job titles of files: jiuye occupation code and jiuye occupation evaluate. Tables are csv (UTF-8 or
// GB18030) or xlsx with a head; columns are known by their usual names. docs/jobs.md describes both commands.
package occupationrun
