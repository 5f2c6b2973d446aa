/** `dueOn` → `due_on`, `ScorePeriod` → `score_period`: how the database names what the graph names. */
export const snakeCase = (name: string): string => name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase()

/** `dueOn` → `DUE_ON`: a property as a value of an enum. */
export const enumCase = (name: string): string => snakeCase(name).toUpperCase()
