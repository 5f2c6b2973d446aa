-- DuckDB over the Parquet export: curl -fo assignments.parquet "$HELI/export/assignments.parquet" -H "authorization: Bearer $TOKEN", then duckdb < overdue.sql
select "divisionCode", count(*) as tracks, count(*) filter (where "isOverdue") as overdue, max("daysLate") as "latest", min("dueOn") as "firstDue"
from 'assignments.parquet' group by "divisionCode" order by "divisionCode";
