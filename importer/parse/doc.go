// Package parse reads the small texts of a client's file: records and fields of
// delimited text, dates, amounts. It decides nothing about a whole file; it
// says what a text can mean and leaves choosing to its caller. Nothing here
// allocates per row.
package parse
