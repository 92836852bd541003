-- One cycle by hand: what is due, its event, step, digest, notice and next look. Leaves the rows that Duban leaves.
-- The ladder is a table (floor_ladder), working days are counted by ordinals (floor_days, floor_mornings), a vacant
-- rung is answered by the next above.
BEGIN IMMEDIATE;

CREATE TEMP TABLE due AS
  SELECT row_number() OVER (ORDER BY d.next_action_at, d.id) AS n, d.id, d.episode, d.unit, d.title, d.state, d.due_at,
    d.provisional, d.ladder, d.policy_version, l.*, p.planned_at,
    CASE l.rung WHEN 1 THEN coalesce(u.responsible, u.head, u.leader) WHEN 2 THEN coalesce(u.head, u.leader)
      ELSE u.leader END AS recipient,
    (SELECT min(later.planned_at) FROM floor_ladder ahead
      JOIN floor_mornings later ON later.ordinal = day.ordinal + ahead.days WHERE later.planned_at > :now) AS next_at
  FROM duties d JOIN units u ON u.key = d.unit JOIN floor_ladder l
  JOIN floor_days day ON day.day = date(d.ladder_at, '+8 hours')
  JOIN floor_mornings p ON p.ordinal = day.ordinal + l.days
  WHERE d.next_action_at <= :now AND d.state IN ('open', 'accepted') AND d.asked_at IS NULL
    AND p.planned_at <= :now AND p.planned_at >= d.episode_at
    AND NOT EXISTS (SELECT 1 FROM steps s WHERE s.duty_id = d.id AND s.episode = d.episode AND s.step = l.step);

CREATE TEMP TABLE last AS
  SELECT (SELECT max(id) FROM events) AS event, (SELECT coalesce(max(id), 0) FROM notices) AS notice,
    (SELECT coalesce(max(id), 0) FROM messages) AS message;

INSERT INTO events (id, at, actor, kind, subject, data)
  SELECT event + n, :now, 'system', 'duty.step', 'duty:' || id,
    json_object('step', step, 'kind', kind, 'label', json_array(zh, en), 'offset', "offset", 'anchor', 'due',
      'told', json('true'), 'to', json_array(recipient), 'vacant', json_array(),
      'planned_at', strftime('%Y-%m-%dT%H:%M:%S+08:00', planned_at, '+8 hours'), 'policy', policy_version,
      'ladder', ladder, 'state', state, 'episode', episode,
      'due_at', strftime('%Y-%m-%dT%H:%M:%S+00:00', due_at), 'unit', unit)
  FROM due, last ORDER BY n;

INSERT INTO steps (duty_id, episode, step, planned_at, taken_at, told, event_id)
  SELECT id, episode, step, planned_at, :now, 1, event + n FROM due, last;

INSERT INTO messages (id, number, part, parts, recipient, channel, target, severity, subject, body, created_at,
    next_attempt_at, attempts)
  SELECT message + row_number() OVER (ORDER BY recipient), message + row_number() OVER (ORDER BY recipient), 1, 1,
    recipient, 'inbox', recipient, severity,
    '【督办】' || zh || '：' || iif(length(title) <= 24, title, substr(title, 1, 23) || '…')
      || iif(told > 1, '等 ' || told || ' 项', ''),
    body, :now, :now, 0
  FROM last, (
    SELECT recipient, max(severity) AS severity, zh, title, count(*) AS told,
      group_concat('- **' || zh || '** D' || id || ' ' || title || char(10) || '  ' || unit || '；时限 '
        || strftime('%Y-%m-%d %H:%M', due_at, '+8 hours') || '；' || reason_zh || ' (N' || (notice + n) || ')', char(10)) AS body
    FROM (SELECT * FROM due, last ORDER BY recipient, severity DESC, due_at, n) GROUP BY recipient
  );

INSERT INTO notices (id, event_id, duty_id, recipient, kind, severity, created_at, release_at, data, message_id)
  SELECT notice + n, event + n, d.id, d.recipient, step, d.severity, :now, :now,
    json_object('label', json_array(zh, en), 'title', title, 'unit', unit,
      'due_at', strftime('%Y-%m-%dT%H:%M:%S+00:00', due_at),
      'provisional', json(iif(provisional, 'true', 'false')), 'reason', json_array(reason_zh, reason_en)), m.id
  FROM due d, last JOIN messages m ON m.recipient = d.recipient AND m.id > last.message ORDER BY n;

UPDATE duties SET next_action_at = due.next_at FROM due WHERE duties.id = due.id;

DROP TABLE due;
DROP TABLE last;
COMMIT;
