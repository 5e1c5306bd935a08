/** Finding work orders (ADR 20): a row for each with what it is found by, and the one way to ask for it. */
import { workOrderDesk } from '@rexian/contracts';
import { type Kysely, sql } from 'kysely';

/** So many of the newest orders are looked at one by one before the index is asked. */
const NEWEST = 2_000;
const DESKS = sql.raw(`array[${workOrderDesk.values.map((desk) => `'${desk}'`).join(', ')}]`);

export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`drop function if exists make_event_partitions(int)`,
    sql`alter table people add column number int not null generated always as identity unique`,
    sql`create table work_order_search (
      order_id uuid primary key,
      -- Numbers of what order_facet knows; bigrams of the text (work-orders/text-index.ts).
      facets int[] not null, grams int[] not null, text text not null) partition by range (order_id)`,
    // The bigrams first: what is rare among them is looked up, and only what is left is compared with the units of a scope.
    // No list of what is pending: every search would read it.
    sql`create index work_order_search_found on work_order_search using gin (grams, facets) with (fastupdate = off)`,
    // There is one way to read it; statistics of arrays are slow to gather and to plan with.
    sql`alter table work_order_search alter column facets set statistics 0, alter column grams set statistics 0,
      alter column text set statistics 0`,
    ...functions,
    ownOrders,
    sql`create index work_orders_registered on work_orders (registered_by, id desc) where state in ('open', 'suspended')`,
    sql`create index work_orders_due on work_orders (id desc, due_at, warn_at) where state = 'open'`,
    // Those that were there before: their texts are sealed.
    sql`select make_search_partition(quarter) from (
      select distinct date_trunc('quarter', time_of_id(id), 'UTC') as quarter from work_orders) quarters`,
    sql`select index_order(id, '{}', '') from work_orders`,
  ];
  for (const statement of statements) await statement.execute(db);
}

/**
 * Whose an order is: what waits for the person of the session and their units (as `waitsFor` says it), what waits for the decision
 * of units they decide for (`decidesFor`), what they registered or did, what they are urged about or were told. As the owner, by ids alone: policies of tasks ask orders for each, and the orders are read under theirs.
 */
const ownOrders = sql`create function own_orders(list text, units uuid[]) returns table (id uuid, due_at timestamptz, warn_at timestamptz)
  language plpgsql stable security definer rows 100 set search_path = public, pg_temp as $$
  #variable_conflict use_column
  declare person uuid := app_person(); desks text[] := app_desks();
  begin
    case list
      when 'todo' then return query select t.order_id, min(least(t.due_at, case when t.signed_at is null then t.sign_due_at end)),
          min(t.warn_at) from work_order_tasks t
        where t.done_at is null and t.kind <> 'wait' and (t.person_id = person
          or t.person_id is null and t.unit_id = any(units) and (t.desk is null or t.desk = any(desks)))
        group by t.order_id;
      when 'asked' then return query select distinct order_id, null::timestamptz, null::timestamptz from work_order_requests
        where state = 'waiting' and unit_id = any(units) and asked_by <> person;
      when 'doing' then return query select w.id, null::timestamptz, null::timestamptz from (
          select id from work_orders where registered_by = person and state in ('open', 'suspended')
          union select order_id from work_order_tasks where done_by = person and done_at is not null and order_open) w;
      when 'done' then return query select w.id, null::timestamptz, null::timestamptz from (
          select id from work_orders where registered_by = person and state in ('closed', 'void', 'merged')
          union select order_id from work_order_tasks where done_by = person and done_at is not null) w;
      when 'urged' then return query select distinct order_id, null::timestamptz, null::timestamptz from work_order_urges
        where answered_at is null and (person_id = person or person_id is null and unit_id = any(units));
      when 'copied' then return query select order_id, null::timestamptz, null::timestamptz from work_order_copies
        where person_id = person;
      when 'drafts' then return query select id, null::timestamptz, null::timestamptz from work_orders
        where registered_by = person and state = 'draft';
    end case;
  end $$`;

/** Ids begin with their time in milliseconds: a quarter is a range of them. */
const functions = [
  sql`create function first_id_at(at timestamptz) returns uuid language sql immutable parallel safe as $$
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$`,
  sql`create function time_of_id(id uuid) returns timestamptz language sql immutable parallel safe as $$
    select to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0) $$`,
  sql`create function search_partition_at(at timestamptz) returns text language sql immutable parallel safe as $$
    select 'work_order_search_' || to_char(at at time zone 'UTC', 'YYYY_"Q"Q') $$`,
  sql`create function make_search_partition(at timestamptz) returns void language plpgsql set search_path = public, pg_temp as $$
    declare first timestamptz := date_trunc('quarter', at, 'UTC');
    begin
      execute format('create table if not exists %I partition of work_order_search for values from (%L) to (%L)',
        search_partition_at(first), first_id_at(first),
        first_id_at((first at time zone 'UTC' + interval '3 months') at time zone 'UTC'));
    end $$`,
  // What has rows of its own goes by their number, each kind in a range; a choice of words by a hash of it. Both are written out where
  // they are asked for: a call costs more than what it does.
  sql`create function row_facet(field text, number int) returns int language sql immutable parallel safe as $$
    select number + case field when 'category' then 100000000 when 'handler' then 200000000 when 'registrar' then 300000000
      when 'part' then 400000000 when 'owner' then 500000000 when 'at' then 600000000 end $$`,
  sql`create function word_facet(field text, word text) returns int language sql immutable parallel safe as $$
    select (1 << 30) + ('x' || left(encode(sha256(convert_to(field || ':' || word, 'UTF8')), 'hex'), 7))::bit(28)::int $$`,
  sql`create function order_facet(field text, value text) returns int language sql stable security definer
    set search_path = public, pg_temp as $$
    select case
      when field = 'category' then (select row_facet(field, number) from categories where id = value::uuid)
      when field in ('handler', 'registrar', 'part') then (select row_facet(field, number) from people where id = value::uuid)
      when field in ('owner', 'at') then (select row_facet(field, number) from units where id = value::uuid)
      else word_facet(field, value)
    end $$`,
  sql`create function order_facets(id uuid) returns int[] language plpgsql stable security definer set search_path = public, pg_temp as $$
    begin
      return (select array_agg(distinct facet) filter (where facet is not null) from work_orders w, lateral (
        select number from units where units.id = w.unit_id or units.id = any(w.place_ids)
        union all select row_facet('owner', number) from units where units.id = w.unit_id
        union all select row_facet('at', u.number) from work_order_tasks t join units u on u.id = t.unit_id
          where t.order_id = w.id and t.done_at is null
        union all select row_facet('handler', p.number) from work_order_tasks t join people p on p.id = t.done_by
          where t.order_id = w.id and t.state = 'done'
        union all select row_facet('part', number) from people where people.id = any(w.person_ids)
        union all select row_facet('registrar', number) from people where people.id = w.registered_by
        union all select row_facet('category', number) from categories where categories.id = w.category_id
        union all select word_facet(field, word) from (values ('kind', w.kind), ('state', w.state), ('source', w.source),
          ('urgency', w.urgency), ('confidential', w.confidential)) said(field, word)) held(facet)
        where w.id = $1);
    end $$`,
  // As the owner: units and people of an order may lie out of the reach of whoever changes it.
  sql`create function index_order(id uuid, grams int[], text text) returns void language plpgsql security definer
    set search_path = public, pg_temp as $$
    begin
      if exists (select from work_orders w where w.id = $1 and w.state <> 'draft') then
        insert into work_order_search as found (order_id, facets, grams, text) values ($1, order_facets($1), $2, $3)
          on conflict (order_id) do update set facets = excluded.facets, grams = excluded.grams, text = excluded.text
          where (found.facets, found.text) is distinct from (excluded.facets, excluded.text);
      else
        delete from work_order_search where order_id = $1;
      end if;
    end $$`,
  // What a value of a filter stands for: units and categories with all below them.
  sql`create function accepted_facets(field text, value text) returns setof int language plpgsql stable security definer rows 20
    set search_path = public, pg_temp as $$
    begin
      if field in ('owner', 'at') then
        return query select row_facet(field, u.number) from units top join units u on u.path <@ top.path
          where top.id = value::uuid;
      elsif field = 'worker' then
        return query select order_facet(role, value) from unnest(array['handler', 'registrar']) role;
      elsif field = 'category' then
        return query with recursive below as (select id, number from categories where id = value::uuid
            union select c.id, c.number from categories c join below on c.parent_id = below.id)
          select row_facet(field, number) from below;
      else
        return query select facet from order_facet(field, value) facet where facet is not null;
      end if;
    end $$`,
  // Under row-level security the operators of GIN indexes can't be used, so this runs as the owner: it works out the reach itself, as the
  // policy of work_orders does, and gives away nothing but ids, of first <= id < before. Each field of choices ({"kind": ["report"]}) names
  // values of which an order must have one.
  sql`create function found_work_orders(parts text[], grams int[], choices jsonb, first uuid, before uuid, most int)
    returns setof uuid language plpgsql stable security definer rows 20
    set search_path = public, pg_temp set jit = off set enable_seqscan = off set max_parallel_workers_per_gather = 0 as $$
    declare
      field text; named jsonb; accepted int[]; hidden int[]; part text; facets text := ''; pairs text := ''; words text := '';
      partition text; look int := ${sql.lit(NEWEST)}; looked int; lowest uuid; got int;
    begin
      -- What leaves the fewest first: the index takes them in this order.
      for field, named in select key, value from jsonb_each(choices)
        order by array_position(array['worker', 'registrar', 'at', 'category', 'owner', 'kind', 'urgency', 'source', 'state'], key)
      loop
        accepted := array(select facet from jsonb_array_elements_text(named) value, accepted_facets(field, value) facet);
        if accepted = '{}' then return; end if;
        facets := facets || format(' and facets && %L::int[]', accepted);
      end loop;
      if not app_everything() then
        accepted := array(select number from units where id in (select visible_units())
          union all select accepted_facets('part', app_person()::text));
        facets := facets || format(' and facets && %L::int[]', accepted);
      end if;
      -- Confidential: of other desks, and without a part of one's own in it.
      hidden := array(select order_facet('confidential', desk) from unnest(${DESKS}) desk where desk <> all(app_desks()));
      if hidden <> '{}' then
        accepted := array(select accepted_facets(own, app_person()::text) from unnest(array['registrar', 'part']) own);
        facets := facets || format(' and (not facets && %L::int[] or facets && %L::int[])', hidden, accepted);
      end if;
      foreach part in array parts loop
        words := words || format(' and strpos(text, %L) > 0', part);
      end loop;
      if words <> '' then pairs := format(' and grams @> %L::int[]', grams); end if;
      -- Partitions one by one, by their names: a statement on all of them is planned for as long as it runs.
      for partition in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'work_order_search'::regclass and c.relname between search_partition_at(time_of_id(first))
          and search_partition_at(least(time_of_id(before), now() + interval '1 day'))
        order by c.relname desc
      loop
        -- What is common is among the newest.
        if look > 0 then
          return query execute format('select order_id from (select * from %I where order_id < $1 and order_id >= $2
            order by order_id desc limit $4) newest where true %s%s limit $3', partition, facets, words) using before, first, most, look;
          get diagnostics got = row_count;
          most := most - got;
          exit when most <= 0;
          execute format('select count(*), (array_agg(order_id))[count(*)] from (select order_id from %I where order_id < $1 and order_id >= $2
            order by order_id desc limit $3) newest', partition) into looked, lowest using before, first, look;
          look := look - looked;
          before := coalesce(lowest, before);
          continue when look > 0;
        end if;
        -- What is rare is found through the index. A condition that no index knows keeps the planner from the one on ids.
        return query execute format('with found as materialized (
            select order_id from %I where (order_id < $1 and order_id >= $2) is true %s%s%s)
          select order_id from found order by order_id desc limit $3', partition, pairs, facets, words) using before, first, most;
        get diagnostics got = row_count;
        most := most - got;
        exit when most <= 0;
      end loop;
    end $$`,
];
