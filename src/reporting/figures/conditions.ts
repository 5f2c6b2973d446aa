type Filter = Readonly<Record<string, unknown>>

/** Filter of a Division: the one with this `path`, and all below it. */
export const within = (path: string): Filter => ({ path: { startsWith: path } })

/** Filter of a Unit: it stands in the division with this `path`, or below. By the unit's own column: over its division each row of another type took ten times as long. */
export const standsIn = (path: string): Filter => ({ divisionPath: { startsWith: path } })

/** Filter of a day: in `[from, to)`. */
export const during = ({ from, to }: { from: string; to: string }): Filter => ({ gte: from, lt: to })

/** Filter of rows that hold between two days, by the names of the two: they hold on `day`. */
export const holdsOn = (day: string, first = 'validFrom', end = 'validTo'): Filter => ({ [first]: { lte: day }, or: [{ [end]: { isNull: true } }, { [end]: { gt: day } }] })

/** All of these. */
export const allOf = (...filters: readonly Filter[]): Filter => ({ and: filters })
