"""What the database itself refuses: events changed or deleted, posts rewritten, counts of tries."""

from django.db import migrations

SQL = """
CREATE FUNCTION accounts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: a row is never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER account_event_append_only BEFORE UPDATE OR DELETE ON accounts_accountevent
    FOR EACH ROW EXECUTE FUNCTION accounts_refuse_change();
CREATE TRIGGER account_event_not_emptied BEFORE TRUNCATE ON accounts_accountevent
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_change();

CREATE FUNCTION accounts_post_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a post is ended, never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.id, OLD.user_id, OLD.role, OLD.function, OLD.division_code, OLD.uscc, OLD.held_from)
        IS DISTINCT FROM
       (NEW.id, NEW.user_id, NEW.role, NEW.function, NEW.division_code, NEW.uscc, NEW.held_from)
    THEN
        RAISE EXCEPTION 'only the end of a post may be set: grant another'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.held_to IS NOT NULL AND (NEW.held_to IS NULL OR NEW.held_to > OLD.held_to) THEN
        RAISE EXCEPTION 'a post cannot be made longer: grant another'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER post_only_ends BEFORE UPDATE OR DELETE ON accounts_post
    FOR EACH ROW EXECUTE FUNCTION accounts_post_only_ends();
"""

BACK = """
DROP TRIGGER post_only_ends ON accounts_post;
DROP FUNCTION accounts_post_only_ends();
DROP TRIGGER account_event_not_emptied ON accounts_accountevent;
DROP TRIGGER account_event_append_only ON accounts_accountevent;
DROP FUNCTION accounts_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(SQL, BACK)]
