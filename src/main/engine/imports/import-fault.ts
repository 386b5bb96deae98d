/** What is wrong with a file that is read, in words; whoever reads it knows the file's name and adds it. */
export class ImportFault extends Error {}
