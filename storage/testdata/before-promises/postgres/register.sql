--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: absences; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.absences (
    person text NOT NULL,
    first_day text NOT NULL,
    last_day text NOT NULL
);


--
-- Name: announcements; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.announcements (
    complaint text NOT NULL,
    told_on text NOT NULL,
    days bigint NOT NULL,
    until text NOT NULL,
    sought bigint NOT NULL
);


--
-- Name: attachments; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.attachments (
    complaint text NOT NULL,
    ordinal bigint NOT NULL,
    line bigint NOT NULL,
    file text NOT NULL,
    uploader text NOT NULL,
    at timestamp without time zone NOT NULL,
    name bytea NOT NULL,
    state text NOT NULL,
    fault text NOT NULL,
    size bigint NOT NULL,
    content bytea,
    digest text DEFAULT ''::text NOT NULL,
    CONSTRAINT attachments_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'taken'::text, 'removed'::text, 'asked'::text, 'lost'::text, 'refused'::text])))
);


--
-- Name: case_keys; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.case_keys (
    complaint text NOT NULL,
    wrapped bytea NOT NULL
);


--
-- Name: complaints; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.complaints (
    id text NOT NULL,
    number text NOT NULL,
    series text NOT NULL,
    year bigint NOT NULL,
    ordinal bigint NOT NULL,
    lock bigint DEFAULT 0 NOT NULL,
    version bigint NOT NULL,
    state text NOT NULL,
    received text NOT NULL,
    incident text NOT NULL,
    received_via text NOT NULL,
    complainant_kind text NOT NULL,
    offering_kind text NOT NULL,
    offering_name text NOT NULL,
    category text NOT NULL,
    preferred text NOT NULL,
    language text NOT NULL,
    sealed bytea NOT NULL,
    logged_by text NOT NULL,
    logged_at timestamp without time zone NOT NULL,
    owner text NOT NULL,
    late_logged boolean NOT NULL,
    out_of_time boolean NOT NULL,
    verdict text NOT NULL,
    cause text NOT NULL,
    lesson text NOT NULL,
    decided_on text NOT NULL,
    closed_at timestamp without time zone,
    waiting_since text NOT NULL,
    waited_days bigint NOT NULL,
    last_action text NOT NULL,
    last_by text NOT NULL,
    last_at timestamp without time zone,
    next_at timestamp without time zone,
    lines bigint NOT NULL,
    tail bytea NOT NULL,
    head bytea NOT NULL,
    waiting_marks text DEFAULT ''::text NOT NULL,
    hold_review text DEFAULT ''::text NOT NULL,
    hold_marks text DEFAULT ''::text NOT NULL,
    dispute_from text DEFAULT ''::text NOT NULL,
    disputed_on text DEFAULT ''::text NOT NULL,
    due text DEFAULT ''::text NOT NULL,
    offering_key bytea DEFAULT '\x'::bytea NOT NULL,
    retention_marks text DEFAULT ''::text NOT NULL,
    promised text DEFAULT ''::text NOT NULL,
    erasure_by text DEFAULT ''::text NOT NULL,
    erasure_on text DEFAULT ''::text NOT NULL,
    erasure_marks text DEFAULT ''::text NOT NULL,
    concerned bigint DEFAULT 0 NOT NULL,
    guard bytea DEFAULT '\x'::bytea NOT NULL,
    CONSTRAINT complaints_check CHECK (((version > 0) AND (ordinal > 0))),
    CONSTRAINT complaints_series_check CHECK ((series = ANY (ARRAY['K'::text, 'V'::text])))
);


--
-- Name: concerns; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.concerns (
    complaint text NOT NULL,
    person bytea NOT NULL
);


--
-- Name: contacts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contacts (
    complaint text NOT NULL,
    kind text NOT NULL,
    hash bytea NOT NULL
);


--
-- Name: digest_items; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.digest_items (
    person text NOT NULL,
    complaint text NOT NULL,
    watch text NOT NULL,
    round bigint NOT NULL,
    presses text DEFAULT ''::text NOT NULL
);


--
-- Name: erasures; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.erasures (
    complaint text NOT NULL,
    number text NOT NULL,
    erased_on text NOT NULL,
    seal bytea NOT NULL
);


--
-- Name: goose_db_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.goose_db_version (
    id integer NOT NULL,
    version_id bigint NOT NULL,
    is_applied boolean NOT NULL,
    tstamp timestamp without time zone DEFAULT now() NOT NULL
);


--
-- Name: goose_db_version_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.goose_db_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goose_db_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: journal; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.journal (
    complaint text NOT NULL,
    line bigint NOT NULL,
    version bigint NOT NULL,
    action text NOT NULL,
    at timestamp without time zone NOT NULL,
    gesture bytea,
    actor bytea NOT NULL,
    person bytea NOT NULL,
    seal bytea NOT NULL,
    held bytea DEFAULT '\x'::bytea NOT NULL,
    brought bytea DEFAULT '\x'::bytea NOT NULL
);


--
-- Name: lanes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.lanes (
    lane text NOT NULL,
    token text NOT NULL,
    leased_until bigint NOT NULL,
    next_send_at bigint NOT NULL
);


--
-- Name: leftovers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.leftovers (
    complaint text NOT NULL,
    lane text NOT NULL,
    channel text NOT NULL,
    ts text NOT NULL,
    root boolean NOT NULL,
    mark text NOT NULL,
    since bigint NOT NULL,
    after bigint NOT NULL,
    moved boolean DEFAULT false NOT NULL
);


--
-- Name: links; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.links (
    complaint text NOT NULL,
    other text NOT NULL
);


--
-- Name: messages; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.messages (
    complaint text NOT NULL,
    channel text NOT NULL,
    ts text NOT NULL
);


--
-- Name: meta; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.meta (
    name text NOT NULL,
    value bytea NOT NULL
);


--
-- Name: outbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outbox (
    id bigint NOT NULL,
    lane text NOT NULL,
    complaint text NOT NULL,
    version bigint NOT NULL,
    ordinal bigint NOT NULL,
    surface text NOT NULL,
    person text NOT NULL,
    slot text NOT NULL,
    wanted bigint NOT NULL,
    threaded boolean NOT NULL,
    edit boolean NOT NULL,
    queued_at bigint NOT NULL,
    due_at bigint NOT NULL,
    attempts bigint NOT NULL,
    first_try bigint NOT NULL,
    fault text NOT NULL,
    payload text DEFAULT ''::text NOT NULL
);


--
-- Name: outgoing_files; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outgoing_files (
    id text NOT NULL,
    complaint text NOT NULL,
    person text NOT NULL,
    name text NOT NULL,
    sealed bytea,
    file text NOT NULL,
    delete_at bigint NOT NULL,
    kind text DEFAULT ''::text NOT NULL,
    withdrawn boolean DEFAULT false NOT NULL
);


--
-- Name: people; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.people (
    person text NOT NULL,
    gone boolean NOT NULL,
    gathered text NOT NULL,
    weekly text NOT NULL,
    remnants_told bigint DEFAULT 0 NOT NULL,
    remnants_asked boolean DEFAULT false NOT NULL,
    digest_round bigint DEFAULT 0 NOT NULL,
    language text DEFAULT ''::text NOT NULL,
    chosen_at bigint DEFAULT 0 NOT NULL,
    reached bigint DEFAULT 0 NOT NULL,
    CONSTRAINT people_language_check CHECK ((language = ANY (ARRAY[''::text, 'nl'::text, 'en'::text])))
);


--
-- Name: promises; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.promises (
    complaint text NOT NULL,
    ordinal bigint NOT NULL,
    kind text NOT NULL,
    due text NOT NULL,
    kept_on text NOT NULL,
    entered text NOT NULL,
    kept_by text NOT NULL,
    kept_at timestamp without time zone,
    way text NOT NULL,
    later boolean NOT NULL,
    made text DEFAULT ''::text NOT NULL,
    lapsed text DEFAULT ''::text NOT NULL,
    snoozed text DEFAULT ''::text NOT NULL,
    marks text DEFAULT ''::text NOT NULL
);


--
-- Name: quarters; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.quarters (
    audience text NOT NULL,
    quarter text NOT NULL,
    offered text NOT NULL,
    told text NOT NULL,
    more boolean NOT NULL
);


--
-- Name: recommendations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.recommendations (
    id text NOT NULL,
    lock bigint DEFAULT 0 NOT NULL,
    quarter text NOT NULL,
    audience text NOT NULL,
    sealed bytea NOT NULL,
    owner text NOT NULL,
    due text NOT NULL,
    category text NOT NULL,
    author text NOT NULL,
    recorded_on text NOT NULL,
    recorded_at timestamp without time zone NOT NULL,
    done_on text NOT NULL,
    done_by text NOT NULL,
    told text NOT NULL,
    remind text NOT NULL
);


--
-- Name: records; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records (
    complaint text NOT NULL,
    line bigint NOT NULL,
    ordinal bigint NOT NULL,
    kind text NOT NULL,
    at timestamp without time zone NOT NULL,
    author text NOT NULL,
    date text NOT NULL,
    way text NOT NULL,
    sealed bytea NOT NULL
);


--
-- Name: register_chain; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.register_chain (
    line bigint NOT NULL,
    action text NOT NULL,
    at timestamp without time zone NOT NULL,
    complaint text NOT NULL,
    number text NOT NULL,
    actor bytea NOT NULL,
    person bytea NOT NULL,
    seal bytea NOT NULL
);


--
-- Name: register_head; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.register_head (
    id bigint NOT NULL,
    lines bigint NOT NULL,
    tail bytea NOT NULL,
    head bytea NOT NULL,
    numbers text DEFAULT '{}'::text NOT NULL,
    CONSTRAINT register_head_id_check CHECK ((id = 1))
);


--
-- Name: remnants; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.remnants (
    complaint text NOT NULL,
    kind text NOT NULL,
    channel text NOT NULL,
    ts text NOT NULL,
    thread text NOT NULL,
    reader text NOT NULL,
    author text NOT NULL,
    link text NOT NULL,
    fault text NOT NULL,
    since bigint NOT NULL,
    looked text NOT NULL,
    CONSTRAINT remnants_kind_check CHECK ((kind = ANY (ARRAY['reply'::text, 'message'::text, 'file'::text])))
);


--
-- Name: review_gestures; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.review_gestures (
    gesture bytea NOT NULL
);


--
-- Name: reviews; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.reviews (
    quarter text NOT NULL,
    audience text NOT NULL,
    reviewed_on text NOT NULL,
    reviewer text NOT NULL,
    advised boolean NOT NULL
);


--
-- Name: run_days; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.run_days (
    day text NOT NULL,
    agreed boolean NOT NULL
);


--
-- Name: snapshots; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.snapshots (
    quarter text NOT NULL,
    audience text NOT NULL,
    sealed bytea NOT NULL
);


--
-- Name: unannounced; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.unannounced (
    complaint text NOT NULL,
    number text NOT NULL,
    guarded boolean NOT NULL,
    erased_on text NOT NULL
);


--
-- Name: views; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.views (
    complaint text NOT NULL,
    surface text NOT NULL,
    channel text NOT NULL,
    ts text NOT NULL,
    shown bigint NOT NULL
);


--
-- Name: void_numbers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.void_numbers (
    number text NOT NULL,
    series text NOT NULL,
    year bigint NOT NULL,
    ordinal bigint NOT NULL,
    complaint text NOT NULL
);


--
-- Data for Name: absences; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: announcements; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: attachments; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: case_keys; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.case_keys VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', '\x76bd6bfdf35b89f701ad94f00b3ab611c4e69d86d0e092b155b5bb6dbddc8025f2d734a15eca56ef70ed4a7da189cd74855dd24ca326dec430fa16a8c645dfb1e2b82b0cde');
INSERT INTO public.case_keys VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', '\x76bd6bfdf35b89f701bde6de91bb7793984121c10eda3baf2b9bb878a594bbdc8e7e4eb50f1a9a812ac51eac1da1f74785f6471dac2d6d6c933e318cdfb06826dc0e2c5561');
INSERT INTO public.case_keys VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', '\x76bd6bfdf35b89f7015f8a28b76006cab0c10df074486d283a2b29a85211817f24fde4bb2611d8e8e495537b6872c716eeb72c1f2b47080a2dfc1de932740d7ef656b63386');
INSERT INTO public.case_keys VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', '\x76bd6bfdf35b89f701fb8ac199cb7664781a5cd799da012448c460fc266cf53f43707d5212903edaecd881e5d4fff2d15b2b831a3155dda860b6a490ba2b200d691f2821a7');
INSERT INTO public.case_keys VALUES ('TSQU454VESALNHRURDFTOS45I3', '\x76bd6bfdf35b89f701381d481aac19a7f6a755b29897580a57f34dd205c2737fa3f56454ab1468f43ad807024c2a16280faeb3ccd5e3d5f033906e390130367d619e187c7d');
INSERT INTO public.case_keys VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', '\x76bd6bfdf35b89f70172be660a93a3b26af0686107da554aa33a380e6b0141273df005d281a32275470f8b483e7bfd9c9a1e0447a449d29a955e3d984ad906df89257c8237');
INSERT INTO public.case_keys VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', '\x76bd6bfdf35b89f70199f879335bca8752cf7694688aaecc14b27f49e49216174ee816b6f382db68e6cc17db3b0a7b0a7ebbff1ce5463e5ee171db78e70f0e0d9e941676d5');
INSERT INTO public.case_keys VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', '\x76bd6bfdf35b89f701b8204ec76866ff6e349a7d14ace4fbf4fdb2491bdc3a599fbda9db60fc5b033fb6078877367a02f516a6999edadc286159a6577841c5e98c7a1796a2');
INSERT INTO public.case_keys VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', '\x76bd6bfdf35b89f7019edea39319ffebcb87b4cbb5a44a5496d5cb93cd96cafa44299c5e9e2c3c117715dcb1f95e9ea8f3419b260bffbd3daaa11de131bc3529c4e66234c9');
INSERT INTO public.case_keys VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', '\x76bd6bfdf35b89f70130e7c4d4df834575eaeff134685f4af4b416ed008242a8159164da39920981d38c3678531331685a5a63d4e7b07b97e34c6a5ab06f30f775194ad7d1');
INSERT INTO public.case_keys VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', '\x76bd6bfdf35b89f7019831aaed91cb611882fc30c8f4d7eb11bac902578c86aa2a097bd030a4197b4b40a9f77598a9d72e3ef9ebb381360c453bba2f373a5d85fcffeb040b');
INSERT INTO public.case_keys VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', '\x76bd6bfdf35b89f7010f9723aaac52e418e35aae407549b8fcef05ac561691b44965c4c91af6aa671d05a7b9dff371080424ed2bf6ec3344b11e7f891eda3e0736a48cfe55');


--
-- Data for Name: complaints; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.complaints VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 'K-2026-0004', 'K', 2026, 4, 6, 6, 'closed', '2026-05-20', '', 'phone', 'participant', 'training', 'Gesprekstechniek', 'trainer', 'email', 'nl', '\x016a5a8a241f745a205e8d6e971e19022e210267ed0d56648251e73d4ef8664f488b9cbfcd9b4d0635c5ccf5389e6b256b03d892fccff7b00f519e09869925c4fb67ebd1171f380dac8238d6c003deb92e80f939ee67b61de03b3069ccc3127d960839a4e33ea4b8dc045b47dc4d2583b056d69dbd7535c2ff8c7a517ae740b2834c0f2199d81c9ff05648dee4f9f4805f390e7696a5997f626d11bf917d34c657d963ecee2725a69309abbabeb790825daddc989f7c2d30573b3b737773c2a48024f5e00db8c738bc12faf817e9210c', 'U0SANNE', '2026-06-09 08:00:25', 'U0OMAR', true, false, 'withdrawn', '', '', '2026-06-17', '2026-06-17 08:00:44', '', 0, 'confirm', 'U0OMAR', '2026-06-17 08:00:44', '2028-05-02 22:00:00', 6, '\x00a05f9a1ac9ae5d6bdf5da98e71cb3e0354e23e29ef882550b381c2d51aebfe', '\xf1757dee5c29c3e52a4a3c168fc534cd8c525e0dc5340a97172ec12d0899aa25', '', '', '', '', '', '', '\x6765737072656b73746563686e69656b', '', 'acknowledgement,2026-05-20,2026-05-25,2026-06-09,2026-06-09,email,,0,1;outcome,2026-05-20,2026-06-20,2026-06-17,2026-06-17,,,0,1;confirmation,2026-06-17,2026-06-22,2026-06-17,2026-06-17,email,,0,1', '', '', '', 0, '\x56b7fc237c6c6459fbf4a345f0dbc4009dc37cb1628651766b1e233d50fb8443');
INSERT INTO public.complaints VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 'K-2026-0006', 'K', 2026, 6, 5, 5, 'disputed', '2026-05-05', '', 'email', 'participant', 'training', 'Gesprekstechniek', 'trainer', 'email', 'nl', '\x01c26893fc2ff2f3f7ae1539af6f30d4c8710c3854938dad32ca80494c33780dc6b26f6976e93649c0786a72ef4f3c9b9de5e7c4849d1e89dcecdc85fbefe910ec6bc9e4d3ed968bccf4ef85d126d951593b23369d28bd12dc68b8e3e01df94c0b7eef67664c9167f89b369d07f4b9915cf7cdd1cbee01d604c32105a01757021a2b67b796f49a91e4b1189218246ac01a90d6c8750e764515eb0d1bdc9ac822cd4627f79169bd675e505ec735055acab0cfc0d45e64c124e75f3e0dbb1d3c4465612430652cfa791d808e10c492dd9d', 'U0SANNE', '2026-06-09 08:00:25', 'U0OMAR', true, false, '', '', '', '', NULL, '', 0, 'dispute', 'U0OMAR', '2026-06-17 08:00:45', NULL, 5, '\xb7759055e61e3f46a64e03c6a0dd521219533efb4310acaebbe7969ffd8a9849', '\xe42d24d84ebc66669a14222eefa1e82eea4575bb88014367070822456757ed82', '', '', '', 'in_progress', '2026-06-17', '', '\x6765737072656b73746563686e69656b', '', 'acknowledgement,2026-05-05,2026-05-10,2026-06-09,2026-06-09,email,,0,1;outcome,2026-05-05,2026-06-05,,,,,0,0', '', '', '', 0, '\x53f5cdc872055b2ff630813319c1b4f3cce0d33a814d15ed6e43e556f5666dac');
INSERT INTO public.complaints VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 'K-2026-0007', 'K', 2026, 7, 8, 7, 'closed', '2026-04-30', '', 'phone', 'participant', 'training', 'Gesprekstechniek', 'trainer', 'email', 'nl', '\x01fd2e04fa952bc9fa327f1375f08a5f8df5f9c6a88e736d720165ab332095c73f1b8ab40132e863e15a794b410c6aff2fc784a3278cb3bce1b6113c439cc380824bf27e792d9d8fafe38170a3be5ab3da97394e23b97d0f60a4f177aaad58fdb5dcd8da7bf0c41f32dc5a863338228b53995fd7e4107915d5cbbe8b3258794a412f8f2c030c0c6e126140f45c1f5ce8d14cfdfd28d1796f00e5ed97365cffe118e0f4c3e95a922973991503f9e84248be44d316583a5a515dd8765a67561480df6e7248490e23879183c777828aad48', 'U0SANNE', '2026-06-09 08:00:25', 'U0OMAR', true, false, 'partly_upheld', 'planning', '', '2026-06-09', '2026-06-09 08:00:38', '', 0, 'dispute', 'U0OMAR', '2026-06-17 08:00:45', '2028-04-24 22:00:00', 7, '\x61796d3c023cff51b0a834c8e86949f1969e6497219307237f6a5931b7ff5222', '\x36b0b992b43852d3fa3d426c1ce62897a185176aaf0722a28708c569a8f9ce84', '', '', '', 'closed', '2026-06-09', '', '\x6765737072656b73746563686e69656b', '', 'acknowledgement,2026-04-30,2026-05-05,2026-06-09,2026-06-09,email,,0,1;outcome,2026-04-30,2026-05-30,2026-06-09,2026-06-09,phone,,0,1;confirmation,2026-06-09,2026-06-14,2026-06-09,2026-06-09,email,,0,1', '', '', '', 0, '\xd557cc52ae7c1469a9450ca606aeff75c2220482d2f73aa868585483e26bf25b');
INSERT INTO public.complaints VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 'V-2026-0001', 'V', 2026, 1, 5, 6, 'closed', '2026-05-30', '', 'phone', 'participant', 'training', 'Gesprekstechniek', 'trainer', 'email', 'nl', '\x01dd3779bafa5e373b08ddd92b56a83e55272b7cc1f3b19da555a11556357a27573b5f5dafde8cc65850102cf7d0942cc15ac00266e306417e06137886a2088439d09e78b1649c0999db4d5a1625324c2a6f3919aa5dec2e6fe77e27818e3d6d1a790dbbfd4ea644d3eed5ec6f952664fa4e637ba02974e3d1cf4aa15d3255df350b9075a2a460c504a9b50bfe1902ab802c5c975dd776e9c5e187cedb813e753a740cd568843f9cf6b772ca41412a6dd36511d25e22021d09783776f3a7ab007cf49e1af3192b78cf67e0111641cd064b714b1231fa', 'U0SANNE', '2026-06-09 08:00:26', 'U0LOTTE', true, false, 'partly_upheld', 'planning', '', '2026-06-17', '2026-06-17 08:00:47', '', 0, 'confirm', 'U0LOTTE', '2026-06-17 08:00:47', '2028-05-02 22:00:00', 6, '\x469d062812f4efa1c3a4b11ede0a093a7107b34fd0f0026aa9ab9399d5b24486', '\x061d9267cd9305adf0b868101e044d2f5550da02993a846210158fa7a6adffc0', '', '', '', '', '', '', '\x6765737072656b73746563686e69656b', '', 'acknowledgement,2026-05-30,2026-06-04,2026-06-09,2026-06-09,email,,0,1;outcome,2026-05-30,2026-06-30,2026-06-17,2026-06-17,phone,,0,1;confirmation,2026-06-17,2026-06-22,2026-06-17,2026-06-17,email,,0,1', '', '', '', 1, '\x7dec67e91850f452c13eb0675d2cdaa2570d72b0d0e98d5a88b100031bc73f50');
INSERT INTO public.complaints VALUES ('TSQU454VESALNHRURDFTOS45I3', 'K-2026-0005', 'K', 2026, 5, 5, 6, 'closed', '2026-05-20', '', 'phone', 'participant', 'training', 'Gesprekstechniek', 'trainer', 'none', 'nl', '\x010a3d149e254d63947a0cd6ee4b5500482b65432678f8eeabd4781d85523d72d7251350f05506c293aa4a709b66c951d2854afa5dca38618ac22cad6e11c3cfd1c80fe3b0f4a858d08a2efba9266d1b56d35fd944f1a40ce416bba6e985e7041b7d0ee28908e0c079dda7317435f8587f05ecf0b6da30a3ffa98019f56e4edfe226ccb94142755fb2f4a425d1797101d9164d2c2e80142c48ab1d990ebe52553c8638dc09bf35ee5ace1d1076', 'U0SANNE', '2026-06-09 08:00:25', 'U0OMAR', true, false, 'partly_upheld', 'planning', '', '2026-06-17', '2026-06-22 08:00:55', '', 0, 'confirm', 'U0OMAR', '2026-06-22 08:00:55', '2028-05-07 22:00:00', 6, '\x82033b708bde9466f235ab3027ee92b4d6cd58763c5a59a7d7dbf4e62626870a', '\x2d29aa757b1625ac041e345d65ef78e3d4938dc8fa878bbcdb36bcd0ecd9d1ec', '', '', '', '', '', '', '\x6765737072656b73746563686e69656b', '', 'acknowledgement,2026-05-20,2026-05-25,2026-06-22,2026-06-22,not_possible,,0,1;outcome,2026-05-20,2026-06-20,2026-06-17,2026-06-17,not_possible,,0,1;confirmation,2026-06-17,2026-06-22,2026-06-22,2026-06-22,not_possible,,0,1', '', '', '', 0, '\x45b39c0739aa4d9ee1201eacd4f4d5a398ea8421a0c6a4a3cce7f8d62bfcf4b3');
INSERT INTO public.complaints VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 'K-2026-0008', 'K', 2026, 8, 6, 7, 'decided', '2026-05-20', '', 'phone', 'participant', 'training', 'Gesprekstechniek', 'trainer', 'email', 'nl', '\x01ee4a4b6ecc7da9c3d2e0768a94ff510daeaa08b6b2410c2ae38cfce091e2ab76f51c6fe2b305547bc932ec3208698ee4d8bb663b4bbb40fcb2b1c2ad64a49f643bfbbc75eebd555d95303532c1afe7e20c15e82932c630875ec740673144b51079ea10fc8d571201eb78134fd03ebd5e88a412333c4d7151bdba706fc7009b78126be3a89966baa43e5ab6e2fd47a4a655c32e63c8e24d1b13d5e2c49f2166f395f3cb0838c7d4bee67968bcd0a7367b4a49d9731dbea0cd87ef121b17c751b45e59b158d4dce7bfd75dc542647766', 'U0SANNE', '2026-06-09 08:00:25', 'U0OMAR', true, false, 'partly_upheld', 'planning', '', '2026-06-22', NULL, '', 0, 'resolve', 'U0OMAR', '2026-06-22 08:00:56', '2026-07-02 22:00:00', 7, '\x0647ef0af260cf285a958f48833f7264c19a8ec8ca2b7284eb7efab580932551', '\xa353d154672cb28c837a6c3908c0a2daa6eeaa2618961134959e1b24089ec3de', '', '', '', '', '', '2026-06-27', '\x6765737072656b73746563686e69656b', '', 'acknowledgement,2026-05-20,2026-05-25,2026-06-09,2026-06-09,email,,0,1;outcome,2026-05-20,2026-06-20,2026-06-22,2026-06-22,phone,,0,1;progress,2026-06-17,2026-07-19,2026-06-22,2026-06-22,phone,,0,1;confirmation,2026-06-22,2026-06-27,,,,,0,0', '', '', '', 0, '\xa612e4f427b6bb463682188a52a29d8718bdd408ad320326f9a5909c21e625da');
INSERT INTO public.complaints VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 'K-2026-0003', 'K', 2026, 3, 6, 7, 'decided', '2026-05-20', '', 'phone', 'participant', 'training', 'Gesprekstechniek', 'trainer', 'email', 'nl', '\x0174e5323b4ebeffa3a15616d877bf7ca71c1ac80a1f209709715e4c724c6779a009a56027bf1cadb3983a9936332b3f3dbba146630dbe13bbd61ca32fcddd80d97aea390377c2eecc462f4a70cf1e759dd785f63490b4d4ec1efeb145962f5615e091950c5b9df0f09564f8f8bc9a77eecd52b1a798725eb34917a668bc1cc7eadd6f52b9598f135c5a0b639a38f1ba5fae9e32361bd18ffc6c6d60a1767ba3c5b9937dd619a0482d3c7da9971ee6abc047c1e035c32db24f6dbbebe28f89e9e47c47832d29b8e0050d3ce6951b82fa', 'U0SANNE', '2026-06-09 08:00:25', 'U0OMAR', true, false, 'partly_upheld', 'planning', '', '2026-06-17', NULL, '', 0, 'resolve', 'U0OMAR', '2026-06-17 08:00:42', '2026-07-02 22:00:00', 7, '\x6e837cc7135616f9d5d7f11bbf30aef572cd887ce67a10e4a40cd2e6327de3cc', '\x766457d7754fb5589c282d6e0fdba9ed955c35c959f3b42eac383479a6294870', '', '', '', '', '', '2026-06-22', '\x6765737072656b73746563686e69656b', '', 'acknowledgement,2026-05-20,2026-05-25,2026-06-09,2026-06-09,email,,0,1;outcome,2026-05-20,2026-06-20,2026-06-17,2026-06-17,not_possible,,0,1;confirmation,2026-06-17,2026-06-22,,,,,0,0', '', '', '', 0, '\x7b5fbeb228d014bcfe9d133fc181a201b43ed3550c8611611bdb66b65474798b');
INSERT INTO public.complaints VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 'K-2026-0001', 'K', 2026, 1, 5, 6, 'closed', '2026-05-20', '', 'phone', 'participant', 'training', 'Gesprekstechniek', 'trainer', 'email', 'nl', '\x010dba90362d863a1ef58139e8b5b9fb21fd481313e8a86ef9de9ae71a1d135945095f867f8cf252de748f3864f900b6a29df128178719b23c44ccab04306ee36e1ac354389c777fd32a173de8eddee302db378a0f324a59791265acdeb2a1433ae1896689e2521ac2ce65be1879893b77de206f01495f81afb11cbf66e47c2568514b30812a771d9ba46ac15f5dc4845371318771d74d09faf3d3fa1dcef89a31667bc90e2d02b6e4dd0c2a0b86caa9d4779d3a8eeaa9b003fbd1cb0460148325c5bbc4da6d17ee78df5e937d7a75ee', 'U0SANNE', '2026-06-09 08:00:25', 'U0OMAR', true, false, 'partly_upheld', 'planning', '', '2026-06-22', '2026-06-22 08:00:53', '', 0, 'confirm', 'U0OMAR', '2026-06-22 08:00:53', '2028-05-07 22:00:00', 6, '\x57db9f2eb9c6d4c634d525e3f057f5cd62a34d756694394e4ea5319fb3ce4769', '\x6f6f75c056f7516348376958e028b3093dcef6c0912632ddab58195ca5c1c817', '', '', '', '', '', '', '\x6765737072656b73746563686e69656b', '', 'acknowledgement,2026-05-20,2026-05-25,2026-06-09,2026-06-09,email,,0,1;outcome,2026-05-20,2026-06-20,2026-06-22,2026-06-22,phone,,0,1;confirmation,2026-06-22,2026-06-27,2026-06-22,2026-06-22,email,,0,1', '', '', '', 0, '\x5b3ed9bb10c87e42699e901a64df8cc716d96011ebc3b8ad256052ac683ab7b0');
INSERT INTO public.complaints VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 'K-2026-0011', 'K', 2026, 11, 5, 6, 'waiting', '2026-06-06', '', 'phone', 'participant', 'training', 'Gesprekstechniek', 'trainer', 'email', 'nl', '\x01a576740776c708c1580c401b396b31cb076a1582da3e685521902d944dc67bd7925390bcd7ed13844de9761938fc1d0bb9c68b47c5e438eb5e91897c1209e20e8cde6c1664ec1ade69c349d49a285e4440c05691e6edf8083fb7ea33cff45095df74bab240e0f0558de796526ae370cd60a4d7636860907b26916fea015979adb8d411ba6cdd73c3cee74e0883117065e92e118bd7463596a5193e1d39f1608a73733e5673fcfc39ed2e8138ee2c2452376f983c011d80c976609a9515a10e29f8abcb2c684e0cabbbd759db5335c3', 'U0SANNE', '2026-06-09 08:00:26', 'U0OMAR', false, false, '', '', '', '', NULL, '2026-06-17', 0, 'question', 'U0OMAR', '2026-06-17 08:00:49', '2026-07-03 22:00:00', 6, '\x384d7d2d220f688628cac55c3e88d7f5be0b488a18e812b3e88ecb14e504e434', '\x4cc7776c4717f3e6b91cbb44057c95ce29fdfdb24095ba6ee9e6a61f1361db69', 'U0OMAR 1 2026-07-01', '', '', '', '', '2026-07-06', '\x6765737072656b73746563686e69656b', '', 'acknowledgement,2026-06-06,2026-06-11,2026-06-09,2026-06-09,email,,0,1;outcome,2026-06-06,2026-07-06,,,,,0,0', '', '', '', 0, '\xaa7cac4a5a07ef4c722c7bc5bd17eb569fe54b3c60fb18ed5dc86a2a97b7da65');
INSERT INTO public.complaints VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 'K-2026-0002', 'K', 2026, 2, 5, 6, 'closed', '2026-05-20', '', 'phone', 'participant', 'training', 'Gesprekstechniek', 'trainer', 'email', 'nl', '\x01868af8793a482aa3acf490467e276dbf2817fdc3c2b19ebe497ecfa2b6d26d418237d1b16c189b18992df81dd677ac51224be12fce218f8d18d7124ec63b9b27c5f8b4283c944db3cf83286ea9b94a6a3b3bd9ee8d1ba764d03879508e4ef8fe641dca472eb3bb0b818e290eb116ee25d4632a2e45efd74605d30c8b7cf82b850134d342a7b09e56faf7c9258966501154fcc90ec80292f71eff742d74965e9fd8504ce3f951e206a4c7819359d468d34f6425fbb7e49326f1b74eaac3b130ac085ce34d99448f5d8c684ede468574', 'U0SANNE', '2026-06-09 08:00:25', 'U0OMAR', true, false, 'partly_upheld', 'planning', '', '2026-06-17', '2026-06-22 08:00:54', '', 0, 'confirm', 'U0OMAR', '2026-06-22 08:00:54', '2028-05-07 22:00:00', 6, '\x7b27c7fc2d38323e128dc381cb08b0398388f8303175d1bdd7a317b4a5cb7e3e', '\x3033495989ddaa013358e3c906bd6683fe64d1fa8b040208ca579efcf722e04d', '', '', '', '', '', '', '\x6765737072656b73746563686e69656b', '', 'acknowledgement,2026-05-20,2026-05-25,2026-06-09,2026-06-09,email,,0,1;outcome,2026-05-20,2026-06-20,2026-06-17,2026-06-17,not_possible,,0,1;confirmation,2026-06-17,2026-06-22,2026-06-22,2026-06-22,email,,0,1', '', '', '', 0, '\x413540e4621e846230d4122611ffe9862ea9e3d288622a122fb570ff60dbe10c');
INSERT INTO public.complaints VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 'K-2026-0009', 'K', 2026, 9, 8, 8, 'decided', '2026-05-22', '', 'phone', 'participant', 'training', 'Gesprekstechniek', 'trainer', 'email', 'nl', '\x01649d081572edc57d78825060c356ef36aa67b28a9691a849ca60e20edeb11c7f629f7df579a4de1855de9915689966b5b29f0a07b400702f9148e1f78ca3e55b5469b4da8631a80c0d708d9b75aac9aa479afe5d3bda9d629378174e2cac5775f82422d4a06c4e3a993ab563f9d51747f53da4e3bfd437b58225de0e520b05bb10a594be7a9d5e04936d3b52065fc8f27cbf901519b2f1c409d50264520dc6ee832ceae26e1b6b2a29fb8fca34cb9a9f9a71f6b69626d22c504c84adb756b8d22b196c0c707c31d7cef8608d01743e', 'U0SANNE', '2026-06-09 08:00:26', 'U0OMAR', true, false, 'partly_upheld', 'planning', '', '2026-06-22', NULL, '', 0, 'resolve', 'U0OMAR', '2026-06-22 08:00:57', '2026-07-02 22:00:00', 8, '\x424c0c40748b87ebf5ea20b5e53a21f57b94093e11dd038a3eb6f763c3b47b54', '\x68fbd02977bf4fd5521f988b22f3e4c2b478e94bad770869ef6f91eb0ef00a70', '', '', '', '', '', '2026-06-27', '\x6765737072656b73746563686e69656b', '', 'acknowledgement,2026-05-22,2026-05-27,2026-06-09,2026-06-09,email,,0,1;outcome,2026-05-22,2026-06-22,2026-06-09,2026-06-09,phone,,0,1;confirmation,2026-06-09,2026-06-14,2026-06-09,2026-06-09,email,,0,1;outcome,2026-06-17,2026-07-17,2026-06-22,2026-06-22,email,,0,1;confirmation,2026-06-22,2026-06-27,,,,,0,0', '', '', '', 0, '\xf0ef4b250c3e31f5a972582933f7064a3355eac898bef68345ded59187cf8638');
INSERT INTO public.complaints VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 'K-2026-0010', 'K', 2026, 10, 4, 5, 'closed', '2026-06-04', '', 'phone', 'participant', 'training', 'Gesprekstechniek', 'trainer', 'email', 'nl', '\x01e3665a1c97d001f86fb377f732eb39d44022c375ce696361913904e191046d0523ed85145c3ffd61ee433c96e9eb724fe4e844059204251fdef7c982c7e799863800112559437149b40796ca5e8319af27e9989d890b2ed3740d038ae7edb1c4df750554157e5e7e1dcb8a1820a1072ebd9ee177c60759d6d8d44c841d528a5f04d9aee83db6742063628eaddd7380293c3662dee6157404ad8d46ff53e16866fc29fa5814cdb1a5959cae70b9c56e65c55d0de11c947d49b9101b123dda4720b880f8438b8303f6a1e47d2f63336c', 'U0SANNE', '2026-06-09 08:00:26', 'U0OMAR', false, false, 'partly_upheld', 'planning', '', '2026-06-17', '2026-06-17 08:00:48', '', 0, 'confirm', 'U0OMAR', '2026-06-17 08:00:48', '2028-05-02 22:00:00', 5, '\x58e2751c10181f60fc8c124514652012b78dc1dfe5fd6bb5473d66ddb2e47423', '\xfefea0d4254eabbad31cdf7c489c2fbc73540bd1febd77fb29aaf2344e8abad2', '', '', '', '', '', '', '\x6765737072656b73746563686e69656b', '', 'acknowledgement,2026-06-04,2026-06-09,2026-06-09,2026-06-09,email,,0,1;outcome,2026-06-04,2026-07-04,2026-06-17,2026-06-17,phone,,0,1;confirmation,2026-06-17,2026-06-22,2026-06-18,2026-06-17,letter,,0,1', '', '', '', 0, '\x940db4fc1e36753c5ae22b04eafce9ce72fe2d1183bc8f988cd03b5f3ad4c520');


--
-- Data for Name: concerns; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.concerns VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', '\x5a35bcba8d0f069d86edd642c853d5ee7216a55f768c6b13c2b94fa202d8348d');


--
-- Data for Name: contacts; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.contacts VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 'email', '\x2306ea4642a5a6f8f39ce92491d3172ed06f2067eea7532f6beb171f271587f0');
INSERT INTO public.contacts VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 'phone', '\x5a74bf57e7f42a7bcfe261fb39d3123a9e0f80afc42e1f608b942304b6051ea3');
INSERT INTO public.contacts VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 'email', '\x2306ea4642a5a6f8f39ce92491d3172ed06f2067eea7532f6beb171f271587f0');
INSERT INTO public.contacts VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 'phone', '\x5a74bf57e7f42a7bcfe261fb39d3123a9e0f80afc42e1f608b942304b6051ea3');
INSERT INTO public.contacts VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 'email', '\x2306ea4642a5a6f8f39ce92491d3172ed06f2067eea7532f6beb171f271587f0');
INSERT INTO public.contacts VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 'phone', '\x5a74bf57e7f42a7bcfe261fb39d3123a9e0f80afc42e1f608b942304b6051ea3');
INSERT INTO public.contacts VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 'email', '\x2306ea4642a5a6f8f39ce92491d3172ed06f2067eea7532f6beb171f271587f0');
INSERT INTO public.contacts VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 'phone', '\x5a74bf57e7f42a7bcfe261fb39d3123a9e0f80afc42e1f608b942304b6051ea3');
INSERT INTO public.contacts VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 'email', '\x2306ea4642a5a6f8f39ce92491d3172ed06f2067eea7532f6beb171f271587f0');
INSERT INTO public.contacts VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 'phone', '\x5a74bf57e7f42a7bcfe261fb39d3123a9e0f80afc42e1f608b942304b6051ea3');
INSERT INTO public.contacts VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 'email', '\x2306ea4642a5a6f8f39ce92491d3172ed06f2067eea7532f6beb171f271587f0');
INSERT INTO public.contacts VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 'phone', '\x5a74bf57e7f42a7bcfe261fb39d3123a9e0f80afc42e1f608b942304b6051ea3');
INSERT INTO public.contacts VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 'email', '\x2306ea4642a5a6f8f39ce92491d3172ed06f2067eea7532f6beb171f271587f0');
INSERT INTO public.contacts VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 'phone', '\x5a74bf57e7f42a7bcfe261fb39d3123a9e0f80afc42e1f608b942304b6051ea3');
INSERT INTO public.contacts VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 'email', '\x2306ea4642a5a6f8f39ce92491d3172ed06f2067eea7532f6beb171f271587f0');
INSERT INTO public.contacts VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 'phone', '\x5a74bf57e7f42a7bcfe261fb39d3123a9e0f80afc42e1f608b942304b6051ea3');
INSERT INTO public.contacts VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 'email', '\x2306ea4642a5a6f8f39ce92491d3172ed06f2067eea7532f6beb171f271587f0');
INSERT INTO public.contacts VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 'phone', '\x5a74bf57e7f42a7bcfe261fb39d3123a9e0f80afc42e1f608b942304b6051ea3');
INSERT INTO public.contacts VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 'email', '\x2306ea4642a5a6f8f39ce92491d3172ed06f2067eea7532f6beb171f271587f0');
INSERT INTO public.contacts VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 'phone', '\x5a74bf57e7f42a7bcfe261fb39d3123a9e0f80afc42e1f608b942304b6051ea3');
INSERT INTO public.contacts VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 'email', '\x2306ea4642a5a6f8f39ce92491d3172ed06f2067eea7532f6beb171f271587f0');
INSERT INTO public.contacts VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 'phone', '\x5a74bf57e7f42a7bcfe261fb39d3123a9e0f80afc42e1f608b942304b6051ea3');


--
-- Data for Name: digest_items; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: erasures; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: goose_db_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.goose_db_version VALUES (1, 0, true, '2026-12-01 20:27:25.156436');
INSERT INTO public.goose_db_version VALUES (2, 1, true, '2026-12-01 20:27:25.505123');
INSERT INTO public.goose_db_version VALUES (3, 2, true, '2026-12-01 20:27:25.699676');
INSERT INTO public.goose_db_version VALUES (4, 3, true, '2026-12-01 20:27:25.861051');
INSERT INTO public.goose_db_version VALUES (5, 4, true, '2026-12-01 20:27:26.284499');
INSERT INTO public.goose_db_version VALUES (6, 5, true, '2026-12-01 20:27:26.286263');
INSERT INTO public.goose_db_version VALUES (7, 6, true, '2026-12-01 20:27:26.287084');
INSERT INTO public.goose_db_version VALUES (8, 7, true, '2026-12-01 20:27:26.292044');
INSERT INTO public.goose_db_version VALUES (9, 8, true, '2026-12-01 20:27:26.405443');
INSERT INTO public.goose_db_version VALUES (10, 9, true, '2026-12-01 20:27:26.430657');
INSERT INTO public.goose_db_version VALUES (11, 10, true, '2026-12-01 20:27:26.54905');
INSERT INTO public.goose_db_version VALUES (12, 11, true, '2026-12-01 20:27:26.613802');
INSERT INTO public.goose_db_version VALUES (13, 12, true, '2026-12-01 20:27:26.761013');
INSERT INTO public.goose_db_version VALUES (14, 13, true, '2026-12-01 20:27:26.899594');
INSERT INTO public.goose_db_version VALUES (15, 14, true, '2026-12-01 20:27:26.993919');
INSERT INTO public.goose_db_version VALUES (16, 15, true, '2026-12-01 20:27:26.995106');
INSERT INTO public.goose_db_version VALUES (17, 16, true, '2026-12-01 20:27:26.995987');
INSERT INTO public.goose_db_version VALUES (18, 17, true, '2026-12-01 20:27:26.996722');
INSERT INTO public.goose_db_version VALUES (19, 18, true, '2026-12-01 20:27:26.99866');
INSERT INTO public.goose_db_version VALUES (20, 19, true, '2026-12-01 20:27:27.000864');
INSERT INTO public.goose_db_version VALUES (21, 22, true, '2026-12-01 20:27:27.002208');
INSERT INTO public.goose_db_version VALUES (22, 25, true, '2026-12-01 20:27:27.005035');


--
-- Data for Name: journal; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.journal VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 1, 1, 'log_complaint', '2026-06-09 08:00:25', '\xf04b17bb1a43807040993dd70a8ec8e658356b264d6473fbbe9d2a8f78474236', '\xb125e01f5bb3f821b1e30182331d1b99460932043f23436cfec2f0cb6b0476b1', '\x0164f9e66f1c9b2a4bc53c35f0c0a7709303f651eff78f4da733262c67dad34e9cac29f5', '\xdb4f0ab9fda9ce6424f7d481b64b7167cf7fdcd81cd8a6be66586fae258f9107', '\x0019724401197c4bc53fb95bb4a6a0c2422c714ea8f067a095cfa45c0ab35ae88fbc810168ca2687fbf5dbf8ce1b5fb11791', '\x');
INSERT INTO public.journal VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 1, 1, 'log_complaint', '2026-06-09 08:00:25', '\x147b14588bf8aae22018c402adc44ad807a0f154227e5e7b96483742f766d3e6', '\x40bef270b52d037e652b3eab8d30c052e1c476cac04b7901497bb5fb8e07d5a3', '\x017e2b5331221aceb7764ff4b3252f8634d0d2f3f300a9c67aa2f6dfd45a6fc9a41c64b7', '\xe0dba4dbb16630c038c27de5061dd9fcffeb88943de02357e8032401dcd52065', '\x0019c454c3a0f10087046a703a8d8b25ab396e2546bdf0c4e45abac8608c1890a6f18d8ae0c0e98afc5387d36c8c34dd50e2', '\x');
INSERT INTO public.journal VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 1, 1, 'log_complaint', '2026-06-09 08:00:25', '\xae8f2a3c3acdc6f6b0c88eaebe270155f859f118e53cf7858589ab9da6e4634a', '\xe2282ea946a17925ae852d3d88e4c814d1d13099498bba1d609d9539ec26f3e8', '\x01aa2b8dbc55470a6990cddd18c672db8b81279b481c5e6940bd95854806578745274aa0', '\x703852da97ffc1075deab19fce039218487acd41a9bf9093495e911832173a93', '\x0019d724fb71a1c73ee8bb0fc06534e3ec02f017f29a1540e921e2d7927b13059dfb9a4fdc6749448d20bd49b1b4666786d0', '\x');
INSERT INTO public.journal VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 1, 1, 'log_complaint', '2026-06-09 08:00:25', '\x7227acf7feefdfb3986362fc1fa6820b09612a5dc83732c0cf69f44871709b97', '\x2c1632cfab1c3d80d49d37fe7ed0d398e9289a37ecdca9f8252be31a78421bcb', '\x0110b1b52f6145c2cf54a528aa443198d22e1559f537d43729fce7a1722a9b534563a7f3', '\x3f2ff8c0afdb67b7995619d9cdf5c9a5c491296e69647f118adf8604c436d718', '\x0019f85a80b7dddb7f6cb8205439e612918f5c4d3a8a9d460d6f71755d367d4a3ef3217618107ecc154020cce81a37b5dd86', '\x');
INSERT INTO public.journal VALUES ('TSQU454VESALNHRURDFTOS45I3', 1, 1, 'log_complaint', '2026-06-09 08:00:25', '\xa46461c1bf9d09e5e5c3f803784ec9365282113f3daaccdb47edb0c7086cdb3f', '\x9a8f56dc15a51640c7436b6f85cc6e312a66ac96edd4d7540852cc9dd9c618a0', '\x01b225b90977af8b852183904dc9810a10d52f53e9efef20f301799d058e99f1c9b24d8d', '\xb480da31ba8d17b1936326d70951e0254850790e5709d13e4364ccd7c80cc000', '\x0019e4d3bbd832b781e5862e58f6247b6549fe01fce339f4bb48337255f9a96c5fb66e191c37fcef8fd8b84e9b8b8e94d213', '\x');
INSERT INTO public.journal VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 1, 1, 'log_complaint', '2026-06-09 08:00:25', '\x3be8e0d6970daa12752ea5b5af7368b84508e97635d044e4fa5c915592223377', '\x17f316f8156757bdc4f883ee14ec1f82be23ca8f6fceddb54421f303e645517e', '\x01a7d48377314bef548c9360cfd75fb7ecf963fceff02c16e08ff0d81fc280b382918c39', '\x65d2e9c5f08db6d6847c3a09a4cf868577e82db3d44c05fe8aa408a73266db0d', '\x001927ff9d730df6c5b5ca035de21c693b7e2a9a8702ae6c3fad1e495c4f9e0d892786bd3d91094a208b14da564788f7cbf5', '\x');
INSERT INTO public.journal VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 1, 1, 'log_complaint', '2026-06-09 08:00:25', '\x9b1524ee664334cb81943b5b3b256bf8f46a8c40b26dcb5c1cb365a932a0b7a7', '\x2016c9e249d367e0a302324a4c25831da31a1a635a3e150e215283e6d83f2186', '\x0199393cf3c1bb7b26a710607d5536f7db8c40cb4cb33ef5d9230ce8d0ea344f9da65b6d', '\xdbc7ddb789cc983a3a921b986541a146ee12f5533d7445be0e416c32ee8031ba', '\x001932e1a517ea40ea8f7e9ad0eec8c8fb091048f30016380fb8ddbdc28fa8f506da6cd56248ad502fa609f2a586d4b398d9', '\x');
INSERT INTO public.journal VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 1, 1, 'log_complaint', '2026-06-09 08:00:25', '\xcb486182dd24a19db708bdc8dab6790bc83223a2970660771aa6b0b03a87cdfa', '\x6ad5ef3f00135fa6ca3b7f19934976eaf3340bd762324d38144a110b4ee23166', '\x0145e90e620147bde13ef5eabd2049b79be1f5acdea627a9c6b570bb2a033a87445f0a0b', '\x824fa9b44e28739d4ed71975c3f983817419f60aab87d547b73872af6a1d8ac8', '\x00193fd96f64587effaac08aa1b450b6ab7e67090f70c627e96799c94adb8ad0dde0d060818e9fb63d27dfb154e244553454', '\x');
INSERT INTO public.journal VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 1, 1, 'log_complaint', '2026-06-09 08:00:26', '\xb642e64b6f7451d8dc5484115dac67dd90562d1e5693946cc7131d8d83f992f5', '\xb1934b0d9d2b3339bfe869931e5d50e373c271727ca7f2dda94c88c5370f02a4', '\x0187d066a84bfd07702714115345e6fb32f558e5fec3217f44143764e3461b72b5d0d3a2', '\x2e552f447cb71c1ee0fc0e3fb7c10e73cd8a88ecf043d17df3c83dea639ae4d5', '\x00193667c89c4086ef770b9c0d82edfc503de32f402de8ab1f44dda3739fd5e8e68c14ce90ac6dc72714761562a0bd45b756', '\x');
INSERT INTO public.journal VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 1, 1, 'log_complaint', '2026-06-09 08:00:26', '\x486666ceae61be131c61ac82b28990d3493726b9c0ed13b2c14a35b8a2996554', '\xb3e0b8eb549d12cea1191d01570675054f900ffc603efadef8b27dae7406b308', '\x0107cc246b688dd7b091cb41e44365c20c1d233be83eee5e677b5b2176b00ba4d9d0d239', '\xf570a90cbdfaa78654a95db7ed85eabd274c4d2af711843b4aa2b4fc48c7d3f7', '\x001908ebf35d799bb5c6783c91d950d1a31e7698aff09a3ee195025f4996607c972af0a9ad419567bce8f897682ea5810b96', '\x');
INSERT INTO public.journal VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 1, 1, 'log_complaint', '2026-06-09 08:00:26', '\x0df5d7136d1d00be58c8b844f3c93a789a90764cf2437a756fee0163390dff5e', '\x339abf7ba31d71a1d9d125f16a1ae5debc5d20a606ab52ae3b5b65637620c712', '\x01dd9790eb0f87051dea89066d56ade1a454e4a5992ff7f29a2c9ba62982e15b2cb7c356', '\x9a15aa154c318dd6bab191788033d32a61b5aaea6c369b724f282f3d33063662', '\x0019e9763a72e208c3f884d9f35d3bf625b294f322810c30065f70e5b52a90b02b394a491974d925cd34b4c48418c092ca9a', '\x');
INSERT INTO public.journal VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 1, 1, 'log_complaint', '2026-06-09 08:00:26', '\x3ee1ae06531fa1207355fba3d3d65f7127dfcf30217876b8615b38bafdb5cbab', '\xcfc18ac665e03d259d0accd6e78c985a89de06873e210917dd4291baa5ec5a76', '\x01020383b484cfc6009a1309df6df438fc0272af402f2212b000ab4524266b0be8f2a829', '\x9488255b9cbf91aacd16bdaf204af03715876234305c1954cad88cf124454ed8', '\x0019556ca6109e96081df065cf6bc2b43480122a0a10512ac10b4bdab6464e8629d3d8a307774e35b5f576dd5755bfd93bdc', '\x');
INSERT INTO public.journal VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 2, 2, 'acknowledge', '2026-06-09 08:00:26', '\x3b3ec9438e74861bc5d2f462143326b91db7d0cd2014d7bc878486656c23678a', '\x354457c004707299e359a76b90aaa38d7144a89692b47eec1d1ffe18f18324f8', '\x01243df5b50ca427b6e36cd497e308f1c27e7b7e58e5088849e30bbcee1fe159bf78b3', '\xde85a2e647e977a5c7dfdaf21a3c3584e61032b90752e54cd3de0ed2b91b9dc1', '\x0019a53cf1e6053b331abcdd0075365961e8465aa383729062369a19bf11e06574cc810168ca2687fbf5dbf8ce1b5fb11791', '\xb15500a65660fc30667e07408f4f37670862bb0d581bb26f295ae8118f236d67');
INSERT INTO public.journal VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 2, 2, 'tick', '2026-06-09 08:00:27', NULL, '\xc2037e240bd5109b11d20f47f93f3f70c020017b66ddf8d881868cefdbada499', '\x01ad00e42943b0aa24f1a3735dca717de786eeaf06200d4deb1b0106a7', '\x9cf025404e2253a21221a582325de33508acc1b9fdb3374621d2da93a8741331', '\x0019d7c25818c435cc1b945b0dd0bec749e44ba6ed40237410e10935da6a7448aa7e8d8ae0c0e98afc5387d36c8c34dd50e2', '\x');
INSERT INTO public.journal VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 2, 2, 'tick', '2026-06-09 08:00:27', NULL, '\x8e6953cb1ef69c098ea49eb39c105f70730e7ec540d927f97720f289f2e58725', '\x0136c486480a6900793c5041c299bf9908a6c83000600b236d8e3ec855', '\x9763058dece23858ae70ed20b5fb5a9f5e1776986ef99a1644aa316ffa34d00c', '\x00190ddeaa8299c70bfdc4e68a89a0c5bf75d4eb0fe69a087d064a3e9b57355471ca9a4fdc6749448d20bd49b1b4666786d0', '\x');
INSERT INTO public.journal VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 2, 2, 'tick', '2026-06-09 08:00:27', NULL, '\x3b5154ff9b7f5cb9682fcaaa206fa4f8b5ccd75b134a19e69ebfc0b012f7a34a', '\x01b63315d6b68ee3370cccaa521c2e1010d4c3ca6fd9cdf500a8f7e189', '\x06782a63757fbab96ce039f3f32ad7d5fca99e692784404cb99ef84c221e746e', '\x00193fcda0eb4b801ab79dcd345d11421ec6d1c3ee1121f2e5128351136b4c48d56c217618107ecc154020cce81a37b5dd86', '\x');
INSERT INTO public.journal VALUES ('TSQU454VESALNHRURDFTOS45I3', 2, 2, 'tick', '2026-06-09 08:00:27', NULL, '\x8218a8ca5305f9b0e05f8e869aae86a8c432e84cfb29fb5ff9fb4c2121abc98d', '\x01bbb969764751c8db6e9ae841ce449cd1fa826cb48f82428ab3637426', '\xd5d0fba8913eb70e3d956d68341ee78afcdfab98c7297ee354789c27061f075f', '\x0019753cbe04dfc84b7930a893202b4e96d088c5e4b3fc275c8c84de9f92d9685da16e191c37fcef8fd8b84e9b8b8e94d213', '\x');
INSERT INTO public.journal VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 2, 2, 'tick', '2026-06-09 08:00:27', NULL, '\xcdcfb2c51995b9942b52699ce278ff10324a062f0326e39d87cbab61c5d129e8', '\x01101326afff9e9c6bd48418ba4036ad081168b4fbdf2161de8f5212a6', '\x50deaeb9938c18b745f4301080161d3c273ce2b6a4364b3ab2706489caebfa83', '\x00199dcb0fdaedda2372f5bb7ad69851a9e03e04aeb8dde4bd1f2deae23d52f3f01486bd3d91094a208b14da564788f7cbf5', '\x');
INSERT INTO public.journal VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 2, 2, 'tick', '2026-06-09 08:00:27', NULL, '\x05b63f2c91ed2162e964abbceb6f68e0ec99f2fec509dcf3f7feacbe56b16d32', '\x01c96d26d2fd3a11813245c12ca1533519ce8bcba9c99924a412c30e51', '\x787d1b4212b524e9bd0b600924d9815a8b7b9e421c49d528912d6bb36aea8e0d', '\x0019e51e867f23b5168924a16284ba990b94d5fed4cb67c2f8f4d8fd6359e9587e256cd56248ad502fa609f2a586d4b398d9', '\x');
INSERT INTO public.journal VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 2, 2, 'tick', '2026-06-09 08:00:28', NULL, '\x016bcfa87f408f085cc9470cd56e35bd7cfc0e08d1974c8ce43b625edae4bbd9', '\x01f48518d49d5600f700b5fd407045a9e36b37845c0a378f46b809ad88', '\xe8298a9218774f59ee958a879bb77c703982044385a0d44a593495d9f48a858b', '\x00190ecc19d7f645c52d76133ec6c37b8848418e314dc9a90fb362fcae3b183eec95d060818e9fb63d27dfb154e244553454', '\x');
INSERT INTO public.journal VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 3, 3, 'acknowledge', '2026-06-09 08:00:28', '\x0cebcb0a471a5613a530b726ea2af265d9e6a65d957699d3b522717e65560851', '\x7ff2dca5aea3d5e6f76bf02e3f009793cb5f28c8c5f59322f10af810a1f29247', '\x01993a31f1e808147960bc0dba745cd53d8dd4b7d73df11c89b54b2f3f5983b454a903', '\x47466e66fa590cf541ffba69796abf06f3decd026bd3fffb2cb2643c76e38f6d', '\x0019289cbb529cc89ee978257587aab8de9bc59fc12bb7f0234bf1992dba15c046ce8d8ae0c0e98afc5387d36c8c34dd50e2', '\xbd06ffc4395ce3502d851c0ce960b9bca2fe37b1ef3dc617614b461865406fd8');
INSERT INTO public.journal VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 2, 2, 'tick', '2026-06-09 08:00:28', NULL, '\xf0136966b778f1a72b13956c700f6e55af89976ebd4e2d923920de7f57c0a5c1', '\x0105affba41fd80703ad96cc439e89eceb353c06a0fd04cda50cbea33d', '\x1c64407aebddb4a07c9ab691b4dd12bc20c1aa62ca5cc3f0ad36b5210d2a206d', '\x0019ef5104f26fa538a493bd846b86217abd5f21376244abae236116000cc79873d614ce90ac6dc72714761562a0bd45b756', '\x');
INSERT INTO public.journal VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 2, 2, 'tick', '2026-06-09 08:00:28', NULL, '\xe2b2ff86b642c953c6bcaffa788fde96481800c613223a0b0622f1f7cb232c98', '\x011097476f757d738ffc5975b83e85f5d6f7e0bb524a2e6e9e6ed64884', '\x2d10b5de999711f7c0111bb2d82b2fded47259090db4c1c90bfae8156e634eaa', '\x0019bd94d3ed2fed95f18605e2bd715a5d11e55e03c8c4802c30dc3ef3d4175395a3f0a9ad419567bce8f897682ea5810b96', '\x');
INSERT INTO public.journal VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 2, 2, 'tick', '2026-06-09 08:00:28', NULL, '\xf66492fdf19aa478728e07bea4c06dc09eeaf628c5e28e1a9fcbfacb8118a6f3', '\x01134c7291de455ac392cc0fc6de25e224e90ef5f7addca385a9518991', '\x8816ba7ceb331209ebec820a96677bc52cbd3032a1d9f883193dfd44611fdde5', '\x001951a89eef03c5903a8657cca9ba64e49a4cedcaf6a98bf8d46c2c5c7eb5fd98744a491974d925cd34b4c48418c092ca9a', '\x');
INSERT INTO public.journal VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 2, 2, 'tick', '2026-06-09 08:00:28', NULL, '\x898ac880c449217c1af69d99ac5901826ca79c7f056d5f0516d9662a7f4d51e0', '\x01e2dfaed715e36bb0e09cc4ad89376dab43c28dc5eef20ba4e3e47661', '\x6a9a83e740c87988b5e0e3c72e695a64fff1ccfbe98353dc40d40b2f717e9425', '\x001955d47e320cc95ec6744b507e7a97dbf242734d7334fa0e448f3ef6289fe4cbd7d8a307774e35b5f576dd5755bfd93bdc', '\x');
INSERT INTO public.journal VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 3, 3, 'tick', '2026-06-09 08:00:28', NULL, '\x7133b9f32eddf1a9de09d21b8572ce10405f8c7169ea7f552cc5dc89075e84be', '\x01da147396cc01cbbe268ccae65ce1fe3cde20e6a4fd45b5b8183bbcd5', '\x7b6664ec47caf5c9898cdf19f89dddc6e1d28d9a84d148a79c736dd3b4a8566c', '\x0019c08eaacf3dc76c947ec97b471355aa23b7fc38f9fbb37fdd11c1e80218aff950810168ca2687fbf5dbf8ce1b5fb11791', '\x');
INSERT INTO public.journal VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 3, 3, 'acknowledge', '2026-06-09 08:00:30', '\xd68cda7067e1db740137aa331ac6f5e23917a955a8a3944d62e0059957e0d0d5', '\x817129144087587ef3e5416e9fd55c0b9a4b96bfe674de11df947e507f98dbb4', '\x01527320612fc387262df60a3becebd363121bbcd09a08f8bdafed5a4fc05573947f66', '\x825ee1bf113eba2cf2d14012d89d3db09cf8290ab7d0d0f1d67c826c2714ac14', '\x0019ee0c56533ba9d0dc0cadc5e3a715b68cbb97541bef4bea5ce94abc34fd77a2c99a4fdc6749448d20bd49b1b4666786d0', '\xa77bbcd46042a2b9a5a2722f4465fec4dfc1e3adb9aa94e6716a1a12966edb2b');
INSERT INTO public.journal VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 3, 3, 'acknowledge', '2026-06-09 08:00:31', '\x2501dcdd1fde731e38f2963b4ec53b15188342b98d48189d90b5be84265dc85a', '\xbfd5334e0a6d8b6bd2f8f8c18877dfe8e0480a0bdf328a1051c2acc89cfc66c6', '\x01ee53189b556d8310127560a18b92bd702e40ca457ee651d7c8524fa444f47eac7401', '\xe406a7da07034bb9b3feb4af43a055e68204d0bee4fbd5292781fb78a2a2a096', '\x0019ed61e4725d32a034301fd642c1f2feb3a20caa1fc55c615d5043b8e37585df28217618107ecc154020cce81a37b5dd86', '\x6db530127172e572b7e24e44924ae269591a41da0e624deb3f203defda2414ed');
INSERT INTO public.journal VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 3, 3, 'acknowledge', '2026-06-09 08:00:31', '\x2d04770e148ea0410a1d72bd5f52568b12fe3035680d4c766433fa7b942b965d', '\xd220063e5aa01bd3d60415dff469596ae4687c80adad7ec12bb60115da68d4cc', '\x01171ff312a85615fee074c8ca4b6751df74f551aca004d5d0599d8598129db4d3a049', '\x3693731853627034ca0731f5a32c3443969eebe8b434125f776674893b8b5c7e', '\x0019d59c6b170fd1898f2fdc9aa3901110f336e9f54ebe5e9a9c4b302efd7faa6c7586bd3d91094a208b14da564788f7cbf5', '\x4f080f787ba7a660330163d3ee527debe7f305d2d72718aad1e43d4d5dcc7989');
INSERT INTO public.journal VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 3, 3, 'acknowledge', '2026-06-09 08:00:32', '\x1ffea45b7e965d10925c3681e6f4e10dcfd4d3e8ffaa3ddd7f64c160da7b39b5', '\x9fcd424f91b8d6e968c3d1edce56dde1af7964ddc698297ba24d1f496a2a066e', '\x014c5145f2203492fc3ca3cb6ab0ca617b0a7db5b3a17681fb2ee5fb21bba60fd491f6', '\x593c82eeae5d0c69edf684bd901493c30a979ad15a72f59a0e0322e6eeab6699', '\x0019c7e805a747879dea465e07f98dba5d58ad97c846d37c9cc91b3e61de2879128b6cd56248ad502fa609f2a586d4b398d9', '\x1ef5c1f3d030735d5f067d1b03a6e3e054a2d6a55ebac3ed418cd905eeaa680d');
INSERT INTO public.journal VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 3, 3, 'acknowledge', '2026-06-09 08:00:33', '\x00ff3739cab51359c3d7dcc3571346a7a957e14e93475f80ca37ca8909579d23', '\x854e3bb51f3c4080c7a0c57c1aa027a81390ca31273ced64cf4dc055e0d16685', '\x01027c12d3ff80fa3151a00921e8eb115df15f3734ddeb5e077d4ab8e1adc7c89de8e7', '\x8b0455d2cd557b40f5bc768a703913791a579dae62c929a54945e503f5026550', '\x0019b339f9702e9f3a887f1721e9184d8242fd1d3c1ecc7906a3225ff1850a25a7b114ce90ac6dc72714761562a0bd45b756', '\xc6504e8a839aef21beec7276f1b50b1f71d055c3998e46dcfa7732e4d976e67b');
INSERT INTO public.journal VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 3, 3, 'acknowledge', '2026-06-09 08:00:36', '\x83f19504cdb773259077e05c4db6afb675c0f8cda43fadde28161573098386b5', '\x796bed20e28b3e9448052d272cefee7a23b340944b524f85e9271e5be1c0db93', '\x01de81846f5a1af8137211ab5b936f87ab0b592a0a2c598a3645a559763c37d59f12d9', '\xf6bb8fd2b91d88cc51859db7f4f7f58b3022d7dad050879a679f04e1065079bf', '\x0019c590fbb1b9ddfb97b6ff1c32b481d5001a9cd328fa1a5683a35fc0f9db2d37ffd8a307774e35b5f576dd5755bfd93bdc', '\xf305899204ba4d8dd26ce213504875d3da6e8cb1bec32aa8d6e85f751d6c8d99');
INSERT INTO public.journal VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 5, 5, 'confirm', '2026-06-09 08:00:38', '\x1817083d97204bda42b3fce1a977c61e0517c7f4f6b71e2128cadfa29947214e', '\x9fcd424f91b8d6e968c3d1edce56dde1af7964ddc698297ba24d1f496a2a066e', '\x013dd2971caa3a5a605290a122c4df63f2efba165b9dbf45adcd6fd20426067d0cec0e', '\x2a2abae4358588d9e0b770c79bd97ab39ecd01dd1e9b6b75bc8775a7cbbac36a', '\x001918a93daa24fb7bea7e5bb5a8be4ada00a9c0e38b85854626f2b80b4c7e3701ea6cd56248ad502fa609f2a586d4b398d9', '\x3ed15226dbde85c5344d713e0c2fe9b11b2e6e5b1a8216ee38cf68ce43509cf8');
INSERT INTO public.journal VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 5, 5, 'confirm', '2026-06-09 08:00:40', '\xcde294819e26c8ba7930ec0c36a5b3c3acd906b833b270a0f6433fd5504d9142', '\x854e3bb51f3c4080c7a0c57c1aa027a81390ca31273ced64cf4dc055e0d16685', '\x01a9f4641734cf451303602ed2a83e83661dbeb91924dbf37d0f177251aaf09e2a4908', '\xf9e28db267581a42baf85384a6f45c0e89c73c21de834afb592d2949c7b55c5f', '\x0019c28821bc6adc09a558abdae1eab025f047ebeb123fdc46d800aefd70ed2f333914ce90ac6dc72714761562a0bd45b756', '\x328f2e2212d6a5eff7e1d5ab0e45918141db9dac823e3eeed1ca352eba51524a');
INSERT INTO public.journal VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 6, 6, 'dispute', '2026-06-09 08:00:40', '\x394fdb5963aa61598654e02f8b2e06c69ac718d376da7cebcde49c334ed99ea4', '\x9fcd424f91b8d6e968c3d1edce56dde1af7964ddc698297ba24d1f496a2a066e', '\x01976081e846fdf7f7f5c23eaf097a68e187a155e910835c87af30f8210ecd9be3c170', '\x9067f194436bd10d0b36b314814929611d2bd8178ef799e6db56698c40fb6e07', '\x001962182affa34ba3e30e14ef6015f712c8a9c0e38b85854626f2b80b4c7e3701ea6cd56248ad502fa609f2a586d4b398d9', '\x103661cc0b6d6cf70b71d80a7952c311065ccb1e3007942dc3b7f68fb5a9dd85');
INSERT INTO public.journal VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 3, 3, 'acknowledge', '2026-06-09 08:00:32', '\xfdc6db310c651ca01d9c5404dbe8981e3910978ed82fb94c2383be5da7053651', '\x755a5471037164e1d5a158077c72ca0e05ceee1e47cf165cac06f598139ee17c', '\x0129ca3942e718af88112abaf5ba1f8927a7ad43e393227ecbf035a1fdf1eadc553f36', '\xabf6091b109c7b4c3bb485128c08ae2ebc2b1540f0f7776b13a89928e6349972', '\x0019bbc94cbeb9df6fe24ef94f51126eb3e9b75f678aa32c65ea4e216269411990c9d060818e9fb63d27dfb154e244553454', '\x42c2a639182c1b33d2c3499322954e5843c963e5296a9ff1e110951fdeafd1ca');
INSERT INTO public.journal VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 3, 3, 'acknowledge', '2026-06-09 08:00:34', '\xf5c5cccd1ef2e8d9818f893f216fe93ed6ab7626247fdf5774999ee769dac221', '\x78de6e3f1435f8db3e7014a24cea566e1f5b8b57c4dd099fd9ca75d542da2e50', '\x017d85bc2c539b41ff4b905bc2b53863bd78cff76f98abfcb52c92620d744148a40e98ed', '\x4678662883b9fbc007f1738aab348f8e326a936d100997f284af7dae8783028f', '\x0019c9ae318d34c5df0fda3dbdff861c4562f61a1bcd454f77b52db09fd46f219b9ef0a9ad419567bce8f897682ea5810b96', '\x84ff6bbd9348aa124b759f66f3acaa2e8fe1118b8b34193c43f9f4b4ad354649');
INSERT INTO public.journal VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 3, 3, 'acknowledge', '2026-06-09 08:00:35', '\xa95d6cca67a7997e6215b07f1f975ea1b1f0fe95a759ca17800e827ef4ca833c', '\x806e3a9d293baf4de5422da4db3b0800e9e2aebddcc95fe8a1544a334ef8dec5', '\x0179d36d092895e735fb01e6c85d214fef5726f77e6ec02460771268975e3d3b49e069', '\xf7c8909d44b52b36d2c7c7e4286816244b8eaac42c16d98cf7c1f0adcb87e129', '\x00194218d893f2fa02b9708dcc48646b8e4438f4d81da8306cd2d2f99486787b2bac4a491974d925cd34b4c48418c092ca9a', '\x22318e4fc13e111a550f522124a29944dec007588dc9d57fec5d7cd4f7dcfcb0');
INSERT INTO public.journal VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 4, 4, 'resolve', '2026-06-09 08:00:37', '\x04f7e8435a9a48b77cfa3c166f3c57688306b9f2a3e1c5697633b29f815ec4ee', '\x9fcd424f91b8d6e968c3d1edce56dde1af7964ddc698297ba24d1f496a2a066e', '\x01412db9f50d6c596a9c3e2bd724d79e1a0b435f5b20ae95636961bd03496f5719e1e8', '\x173f3f272079710d11230c7ded49fc55b4b01107aec60d4f29e73310bbfb1f1b', '\x00191fd82005939e5854eea7ad623bc1d1e45143958f8aef52e27928e647ab85b9f16cd56248ad502fa609f2a586d4b398d9', '\x88e6fac7d332d695df817476c3d420df4fc1f4f2f65031252430de9fa3c6a694');
INSERT INTO public.journal VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 4, 4, 'resolve', '2026-06-09 08:00:39', '\x3b4e0e8a2f3245e2e6de487f32576da5429e58e666f28d59b8d827a36b0c7db1', '\x854e3bb51f3c4080c7a0c57c1aa027a81390ca31273ced64cf4dc055e0d16685', '\x01b8095318db0dbae574013212a728db928472d51eb6594e58042e9fbd7fe97ab76fa1', '\x1cf5d7e4c490c6ee09d827d9977e176ff9db56eb6c90dc314bd46696005b61b7', '\x00197dab3ebb2d0c30837e60377cacee5326989f96212a094afa4344bd09dcac842114ce90ac6dc72714761562a0bd45b756', '\x5124a57358c50183d46528b99bc9cae6214567e8dd55c8c66b9f2e3ddc51ec15');
INSERT INTO public.journal VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 4, 4, 'resolve', '2026-06-17 08:00:42', '\x0274ce8802be87bf037b7f886325c505bd269e104c922b4a36ff4906307e356d', '\x7ff2dca5aea3d5e6f76bf02e3f009793cb5f28c8c5f59322f10af810a1f29247', '\x01a2db9e69f3034ba87db2a1dbf3fa1a2123b9d6e55e01368684197a8405f844298f9b', '\xd99db34d2b4d964531519064d1f31c4c5649f299e18bcb32d546954915219f60', '\x0019eb02725baa22d91d3cf52ac38a9ca1095f371a42e66116214b06e12b3c4c8fd18d8ae0c0e98afc5387d36c8c34dd50e2', '\x42f8dc51978a30efcf03d3993df08a15d9937b9c3de26f38deffc66cca8bd304');
INSERT INTO public.journal VALUES ('TSQU454VESALNHRURDFTOS45I3', 3, 3, 'tick', '2026-06-17 08:00:42', NULL, '\x8218a8ca5305f9b0e05f8e869aae86a8c432e84cfb29fb5ff9fb4c2121abc98d', '\x012b20d12c4d88b62a2195478ceed3b0ed8c65989e24601b1ba4234ff5', '\x5c9362b12fdf9e48ead3f8e3a37f0b397a4f91d99b5cfca4e1806d56dd0f9dea', '\x00197d7b539cec7b332e73b6841620635ed4498c8ff9f424f35f53e0d0d074fcdb9f6e191c37fcef8fd8b84e9b8b8e94d213', '\x');
INSERT INTO public.journal VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 4, 4, 'tick', '2026-06-17 08:00:42', NULL, '\xcdcfb2c51995b9942b52699ce278ff10324a062f0326e39d87cbab61c5d129e8', '\x012914abf33980fa90d88462f471af939795c9e207926ead9e19d4f756', '\x1d7d7bbf2ef3a7591ef2badf0ed6ce59b3e42069c9819ed9d6e1d89c92d0c1b0', '\x0019fff9d383e22de83ee33b53cdc2b6746b5398da5433d1a68c14eb4d3737dd481486bd3d91094a208b14da564788f7cbf5', '\x');
INSERT INTO public.journal VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 4, 4, 'tick', '2026-06-17 08:00:42', NULL, '\x016bcfa87f408f085cc9470cd56e35bd7cfc0e08d1974c8ce43b625edae4bbd9', '\x017a7fc39c3cf40a9661061b045c526450edc4853719cce9a1f5858b4e', '\xce9d4b08f3df661130e147ed930d386b8f042fe78e75c974a0b19b14f0cf1e1b', '\x0019472f33a42cab38987b4a897813bd46070a23260aef33b1166e0403b678866c00d060818e9fb63d27dfb154e244553454', '\x');
INSERT INTO public.journal VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 4, 4, 'tick', '2026-06-17 08:00:42', NULL, '\xe2b2ff86b642c953c6bcaffa788fde96481800c613223a0b0622f1f7cb232c98', '\x01ee4f146bd44790be753841a06889f8525921b697d85cb82f8f4e2077', '\x4eccc3abc17fdd87f16b51c72522a0bb94dffde13338eb4cb314c4dea049dde3', '\x00196a323988cfd245c79973942aba0b984aaf01b8d3b589627582f253803a7970aef0a9ad419567bce8f897682ea5810b96', '\x');
INSERT INTO public.journal VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 4, 4, 'tick', '2026-06-17 08:00:42', NULL, '\x7133b9f32eddf1a9de09d21b8572ce10405f8c7169ea7f552cc5dc89075e84be', '\x01f36f6ce163538ce0e80138c96032ac959b1a93dea761c5ec75cc3347', '\xcfbc93fe8abec0c3f5bb45335261b1031a13610f7d60709a12b50188cc35fc41', '\x001952e7adc4aec39090fae632abcdc040a773a561334d1dfee1b96f1281c8bc911a810168ca2687fbf5dbf8ce1b5fb11791', '\x');
INSERT INTO public.journal VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 4, 4, 'tick', '2026-06-17 08:00:42', NULL, '\x3b5154ff9b7f5cb9682fcaaa206fa4f8b5ccd75b134a19e69ebfc0b012f7a34a', '\x018c3c8366707b6d753fb425a4718d79f30f9c33f82defb1addf79043e', '\x7ef5baa247f36cde4f6a1b52ff0bd4ef9aac541dd3082e3164a7f82895218eeb', '\x001904f5b0472680cb723d52da6c305835c38f5b301c3e692f5fd0aeee72c29d50fb217618107ecc154020cce81a37b5dd86', '\x');
INSERT INTO public.journal VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 4, 4, 'tick', '2026-06-17 08:00:42', NULL, '\x8e6953cb1ef69c098ea49eb39c105f70730e7ec540d927f97720f289f2e58725', '\x014fefd6f0d9566cfcda6f6d8facbd8daf7a3d2d693499b423cc8d7993', '\xbadf2ab6775a7785f8e236057fc1f5918e151475b319b5251635b2e4ba383ced', '\x001907dc412096b7fa075e6dc57bfdc3ba9667ea4f79abb21b5b6c8503ba650f70d89a4fdc6749448d20bd49b1b4666786d0', '\x');
INSERT INTO public.journal VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 5, 5, 'resolve', '2026-06-17 08:00:42', '\x3cea9ba899acab33039bd92f752329ea7a9b7fd04f5541256da50bdb0b85fe57', '\x817129144087587ef3e5416e9fd55c0b9a4b96bfe674de11df947e507f98dbb4', '\x010c7511305619f13d76f0a0a39658ce1ed99285fc548e617bbb3c8a4fc2a4653c284c', '\x370dcfed928d10884cd8da2798c0367030bf7cf3c0b9115da0acc152889d79aa', '\x001930df799bb7bbd0c7484782e6c223a3c2e6c57b18173a0ebb9bd73576f2e3fe4e9a4fdc6749448d20bd49b1b4666786d0', '\xc517d0bd454da5d9843642ec1afd9b1583cec9032b350087f09e41f38eb050d3');
INSERT INTO public.journal VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 5, 5, 'withdraw', '2026-06-17 08:00:43', '\x04d688e729a026d0965f5620718b0d08606867922b345f1bb6015d001964fa2f', '\xbfd5334e0a6d8b6bd2f8f8c18877dfe8e0480a0bdf328a1051c2acc89cfc66c6', '\x017f9e725ba6231f8cea984dc7790fc9e26f5e0cffa293cc24d5b351e82a43a9d01503', '\x9d2bd9258972d3f4a5cabe7b3c6c5b5dbfa66f62457b581919fd84b439f6100e', '\x0019c15cef8f6dd5989d34a6673e08429db04373e761a974ebf2e27ce59a49b0680a217618107ecc154020cce81a37b5dd86', '\x06f2e3f58a592f77c0885dbd02ad4ab049b2ce0102d46964ec5e88fb86a52fd7');
INSERT INTO public.journal VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 6, 6, 'confirm', '2026-06-17 08:00:44', '\xb292e396f9c47d5a32bf877d302fdbf24293db712f2aeb847acf8636ecd959ca', '\xbfd5334e0a6d8b6bd2f8f8c18877dfe8e0480a0bdf328a1051c2acc89cfc66c6', '\x01dd5da74684891eebc6439e6d8afcff534eaed3aaf9817c0eee86acb27b22ff4951bf', '\x00a05f9a1ac9ae5d6bdf5da98e71cb3e0354e23e29ef882550b381c2d51aebfe', '\x001945c406f66dbe24e57d399490ab7e247de7689e45a208b1f8d960352d4f4c273b217618107ecc154020cce81a37b5dd86', '\xb4773562b49069e8cbe80789de9fa74f5b07b582c499b839922eb0f77a7a5bd8');
INSERT INTO public.journal VALUES ('TSQU454VESALNHRURDFTOS45I3', 4, 4, 'resolve', '2026-06-17 08:00:45', '\xa245215b3962048f67751f2f902516b25e5ad1b5e95d1be6f5b9bfa2ac54c3d2', '\xb2021b75b5e3a307f41358fc2979c4f2edddf7b2f3e397dbcd70d93ec7ac7c4d', '\x0195923d15fee0712e2d2b02cbe55f8bee280b1e29f9f0e22f111fad0f9339a30f1b68', '\xdd640ff4cc1b7b09227163cc27ddb6cde8d8e723178c9be4fd5ea3f7058c5e51', '\x00199bf62e39d68d181be6ba301f255391a2ed0ab73e351b0db574b22346581dba906e191c37fcef8fd8b84e9b8b8e94d213', '\x1324ebf66732703cc9b23b22cb02a1330167cbf6a236af8aac6645126d11912e');
INSERT INTO public.journal VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 5, 5, 'dispute', '2026-06-17 08:00:45', '\xeb3128f0d6b66ae6a96280be52b0afa2245c6d8dab3e1639830fe593e98a6eb9', '\xd220063e5aa01bd3d60415dff469596ae4687c80adad7ec12bb60115da68d4cc', '\x01af6b110dfbb7df5023beadaf44004a314b33927ec8186b053c2727ee51a70d546fc1', '\xb7759055e61e3f46a64e03c6a0dd521219533efb4310acaebbe7969ffd8a9849', '\x001947d65c457041543b5b063abb865af6425398da5433d1a68c14eb4d3737dd481486bd3d91094a208b14da564788f7cbf5', '\xff4db1f0515d217535d7fe5b05faf3d01760428b702b4f5e4b35643bf44622f3');
INSERT INTO public.journal VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 7, 7, 'dispute', '2026-06-17 08:00:45', '\x82c73ea5d94cdc958727a8dc18eca0615f44b29b32b25c8d0105b0f801823f1d', '\x9fcd424f91b8d6e968c3d1edce56dde1af7964ddc698297ba24d1f496a2a066e', '\x010493b62873fc91451926578bd340009cd1b9302d8edaacddf612ba0b2763566bc4bf', '\x61796d3c023cff51b0a834c8e86949f1969e6497219307237f6a5931b7ff5222', '\x0019ae4169057c3006ca8f9491c581e659e9a9c0e38b85854626f2b80b4c7e3701ea6cd56248ad502fa609f2a586d4b398d9', '\xf7a781f783e99e37abe009099fad18d73809493944a26c27aa926a4e96ba052c');
INSERT INTO public.journal VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 5, 5, 'progress', '2026-06-17 08:00:45', '\x35fb05c4bdaedf56b0b7909f0de80264f60db478ccacc17cc5e002c658d9f64f', '\x755a5471037164e1d5a158077c72ca0e05ceee1e47cf165cac06f598139ee17c', '\x01fb305461b8aac00c2185929bfbb56a5c8440e2db292dbe1378da2ce3a055c0621a8f', '\x4ea207f95c15cb6f2a7980c90eebed9932ed5b9039f681a8b86d4d5e19779394', '\x00198dc23ce2bc2c749b56447b065d6b1e8a0998aa410cecd34e8989f7bd7544b04ed060818e9fb63d27dfb154e244553454', '\xe581ca3d54a75aa05602a3964899d8d1b1759eed9d38e4f7df17ddc222669757');
INSERT INTO public.journal VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 6, 6, 'reopen', '2026-06-17 08:00:45', '\xa1e5cace6add6f269d9869343beeb67f801d315d68f1df8849f2b7dfbbad9ef7', '\x854e3bb51f3c4080c7a0c57c1aa027a81390ca31273ced64cf4dc055e0d16685', '\x01a1c566103c170c6ea28d52d7d7693efd9bea1cf2304460a2f4447bab12f449cb2f36', '\x9657e97c17eba1397ade7b88e266e7f67ac92ba80205a40b2fe1faa667769462', '\x00199108da4110faadfaa33b756fb8c2d607cd88ef15f206e127f38c5491c00a0d3014ce90ac6dc72714761562a0bd45b756', '\x3d35861c1652fe05490a68501aa32f15d48366b30fad1666813fbd46f52b56d9');
INSERT INTO public.journal VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 5, 5, 'resolve', '2026-06-17 08:00:46', '\xbaa783a52b03f73904fb59aa4392e4291bd44cca19afe026c8cc33a995a634fa', '\x78de6e3f1435f8db3e7014a24cea566e1f5b8b57c4dd099fd9ca75d542da2e50', '\x0193293bb41bca152d27b94db664014928b336927ff4ef8ab1e1d555638ad2396ac79887', '\x7fa6f85f67dbe426719fc3e312e1edf05a8911dc0d45039290fdfab491719ec7', '\x00191d47720c55d41b95d9ca04c5202fccd206f877899935c783172388bee4745448f0a9ad419567bce8f897682ea5810b96', '\x7a86f68a8c20a7e4cf0833cbf08f67a7ab96af69513ef9b7147a67129129c6ac');
INSERT INTO public.journal VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 6, 6, 'confirm', '2026-06-17 08:00:47', '\x4970ca4f0df23cf4fc7a5f59059c0278cb25af79f7cc5415add203e15efef9e4', '\x78de6e3f1435f8db3e7014a24cea566e1f5b8b57c4dd099fd9ca75d542da2e50', '\x0128282d76916fe6c4d6b6b1ca4f239e5d7b1f83378035de750146dc36db1166afe69e9a', '\x469d062812f4efa1c3a4b11ede0a093a7107b34fd0f0026aa9ab9399d5b24486', '\x001900a908c45e43a492210abed0bbff46df0e8015a0ba3ddd3f1afa57dda115890df0a9ad419567bce8f897682ea5810b96', '\x2150160fefe1dd4a2bf435d5ea2a92c5ce903114bff1adcb4fd1e498538f1d31');
INSERT INTO public.journal VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 4, 4, 'resolve', '2026-06-17 08:00:48', '\x7b6c5ad7cddd770429dc1a02d0a55d01f71ba879749cfbf0ee8367222e06dde8', '\x806e3a9d293baf4de5422da4db3b0800e9e2aebddcc95fe8a1544a334ef8dec5', '\x01cc57f72ccd5ebdf67063e84f4cd8d4989c16cc8990665b1e20edc8df2a38cea213b7', '\x2f0d823758f5e053a44c03ef37fd00c7aa5391118947a5f378100f16d00c9daf', '\x00198bccb99d0d51758440759a22d11fece0f5cc9b2486fec327a76181318271736c4a491974d925cd34b4c48418c092ca9a', '\xd4caca8b6fd1088835268bdc8a858202e8856fb48d67981e9bf2d19749c3f026');
INSERT INTO public.journal VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 5, 5, 'confirm', '2026-06-17 08:00:48', '\x9f9bdc83011a0f9371142d9c904ae358c191205e90060cfe9ccc6adc1b20e547', '\x806e3a9d293baf4de5422da4db3b0800e9e2aebddcc95fe8a1544a334ef8dec5', '\x018f1110c9140ef37098e0dfeceb3c1de724c0860075d13c7dc10c9407bbb41c77c02a', '\x58e2751c10181f60fc8c124514652012b78dc1dfe5fd6bb5473d66ddb2e47423', '\x00193b6dff7976891b03a3853ba86846a96a80cb4a6c9390df0be2624d086ce24ce34a491974d925cd34b4c48418c092ca9a', '\xe6e86c036a55f9aa3552403ff2110322dcc51b8aeee292d8f4f301c6293e4186');
INSERT INTO public.journal VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 4, 4, 'question', '2026-06-17 08:00:49', '\x655f0a332cfc83218f64d5307467f69a0880d565c4fae4819e62e4d5e8c67a51', '\x796bed20e28b3e9448052d272cefee7a23b340944b524f85e9271e5be1c0db93', '\x015c8118db77c0c1337a18d4995bf9be8c39ac1eb76eb5eae62ed292c49f663b1190ef', '\xf9bf0a2eee247fc594cff0dd38303965edff47a833551a0f0626a79eba2b7b45', '\x0019b328a2e9880f2e23f19226966e8fa27e1a9cd328fa1a5683a35fc0f9db2d37ffd8a307774e35b5f576dd5755bfd93bdc', '\x541edb32cc610f677cc07bc624846982de375d318f863fac9802f1ceeddccb52');
INSERT INTO public.journal VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 6, 6, 'tick', '2026-06-22 08:00:52', NULL, '\x8e6953cb1ef69c098ea49eb39c105f70730e7ec540d927f97720f289f2e58725', '\x011081fc1e62b1d2cf6bec5b3ce8be8cb82bd70afb3f22d0fec0f75b3b', '\xe762e57a963da7b854233e940539061c3ad8365582b8e27a9b887a7fe90f4bed', '\x00195243c09b3da20b9835c2aa1d90671676b1859b9caefde043e5f6e8968e8315349a4fdc6749448d20bd49b1b4666786d0', '\x');
INSERT INTO public.journal VALUES ('TSQU454VESALNHRURDFTOS45I3', 5, 5, 'tick', '2026-06-22 08:00:52', NULL, '\x8218a8ca5305f9b0e05f8e869aae86a8c432e84cfb29fb5ff9fb4c2121abc98d', '\x01d008dbba2f2ed9d503f9298c242cc92146c5cdf591355f2fb2694c6d', '\xb3096a4143408b4f88afea2def4d9aeb85ac3e4e6fc572b2979b25854a3559b3', '\x001908a0d3bf95c449db96329478a5dffca09523d93a390389416fd3cfc47ef4465c6e191c37fcef8fd8b84e9b8b8e94d213', '\x');
INSERT INTO public.journal VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 5, 5, 'resolve', '2026-06-22 08:00:52', '\x0cc12a8b2c48c3d907576c10320ec85e1f58470d8803903da4cdc909dbd0410f', '\x354457c004707299e359a76b90aaa38d7144a89692b47eec1d1ffe18f18324f8', '\x01f6e1fef51278f2e6229d4d17bddacd7523e2703b21fce2d7d781ebf9c3fb44db6af5', '\x6d6e4f57259b67bf9ed4a6c5de2e980fcb73efa2f75f91762fb18eae4cb9ad6e', '\x001911555a3e4f64fa4e92ec3d49169f54fd8812bd0ff912dadcaa9da993f0cc5f4c810168ca2687fbf5dbf8ce1b5fb11791', '\x8e181cedd7f333abd0d528a8a6ce0e6dc86509fabfa257d9c48abf487727aea3');
INSERT INTO public.journal VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 5, 5, 'tick', '2026-06-22 08:00:52', NULL, '\xc2037e240bd5109b11d20f47f93f3f70c020017b66ddf8d881868cefdbada499', '\x019e501284349b3b560ba230a4d47e24c8033f647915d500ae56656c6f', '\xec1c1b2cda5b8242edac7b04c6151d532fba0ee4959e9ee89e141c9a977609e5', '\x0019b5502a358b12d5d1d07497fb69ff2a429365c800e9f8596c8b164ce1f59cae258d8ae0c0e98afc5387d36c8c34dd50e2', '\x');
INSERT INTO public.journal VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 5, 5, 'tick', '2026-06-22 08:00:52', NULL, '\x898ac880c449217c1af69d99ac5901826ca79c7f056d5f0516d9662a7f4d51e0', '\x012145b342c96a345f7ec32b12f4ca56dc6f27d879f50184c4c3cb224b', '\xa400e9f5a2deac00cac9e66f6804305d1de9fef6542bb89d18f28a91f4a39cce', '\x0019c5322edf80590c667e87b7a67b8b185b58526344434fab5544cf1a03a6b5c543d8a307774e35b5f576dd5755bfd93bdc', '\x');
INSERT INTO public.journal VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 6, 6, 'confirm', '2026-06-22 08:00:53', '\x70efe2dd9158b6a248a9fb132ff8b53de59a5def47d048d2fb47e0926789beb6', '\x354457c004707299e359a76b90aaa38d7144a89692b47eec1d1ffe18f18324f8', '\x01509a3ca1fb3e4bc4e7cfcccfd104c04c8c094b652f823896c925eb10461278f57fd5', '\x57db9f2eb9c6d4c634d525e3f057f5cd62a34d756694394e4ea5319fb3ce4769', '\x0019cecdfb1f0c4ee41111187a3f6013545c2eab662fe9d4cff52b8de9d115b6d467810168ca2687fbf5dbf8ce1b5fb11791', '\x5054259c63a4781b5ffc7a6b6065bd3d04f52f2558ebd4f500ec6bc1b18eb5a7');
INSERT INTO public.journal VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 6, 6, 'confirm', '2026-06-22 08:00:54', '\xf83aa9e61769f4127f37e86ee110773563e265d4b84786bacf372c9e2bcf30d4', '\x7ff2dca5aea3d5e6f76bf02e3f009793cb5f28c8c5f59322f10af810a1f29247', '\x01837a84f958a20be9fe32ef9c40146a70afbe9de5302a973238808d76ee8ef3ac9b95', '\x7b27c7fc2d38323e128dc381cb08b0398388f8303175d1bdd7a317b4a5cb7e3e', '\x00190126d717faaf7e1af4ef15a99d796548d2de94aaa8fb91a23a1fc6f082f4bb2a8d8ae0c0e98afc5387d36c8c34dd50e2', '\x3db1f7ad1df4ded1eb849db820e90848c470258922edcd86a190b3d1646de86b');
INSERT INTO public.journal VALUES ('TSQU454VESALNHRURDFTOS45I3', 6, 6, 'confirm', '2026-06-22 08:00:55', '\x88626d99f9952a4493826659d47cbac829b2632b7bfb6ac64caf6b2041b65d01', '\xb2021b75b5e3a307f41358fc2979c4f2edddf7b2f3e397dbcd70d93ec7ac7c4d', '\x01affa407b99707907de2c1de6aaa3880c825256fa1ccd844a9161ccc49521c7be642c', '\x82033b708bde9466f235ab3027ee92b4d6cd58763c5a59a7d7dbf4e62626870a', '\x001911ae69c2ba06166a718948a13c71d2440199b36b826e81d89c930be4f3a93a736e191c37fcef8fd8b84e9b8b8e94d213', '\x16e8a605790b28acbaa0f19a3fc9e5530ec625954092b72275145a20d2acb5a9');
INSERT INTO public.journal VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 6, 6, 'resolve', '2026-06-22 08:00:56', '\xbd276aa470f0591f1845874ae80311ccb7a21f3dc9f08aac56c66eb53205a620', '\x755a5471037164e1d5a158077c72ca0e05ceee1e47cf165cac06f598139ee17c', '\x01d77000a1ad602b8486d274837a1054e5b02bb636c15680d0124f09d95f4feacb53e8', '\x6afabf08e47423211bbdc3d453a12ae9f9614313699c68fa0a01ed7df3d73ea8', '\x001949d24e8e77e34838510d593b04bcdd8ce6b9f30a3db015ce7588f109233ea520d060818e9fb63d27dfb154e244553454', '\x1be55ed63b3464f2a373b3d379900b98a084458b2cba9e6c7f422bea12cbb5ba');
INSERT INTO public.journal VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 7, 7, 'resolve', '2026-06-22 08:00:57', '\x67701941e21edc734dac2d8c9bb3b4889868a0494b324c756a767905b8b9b4bd', '\x854e3bb51f3c4080c7a0c57c1aa027a81390ca31273ced64cf4dc055e0d16685', '\x012a77da886f5cbab1289d43fd9411ab1b35db69052b8ccbdb301c068dd209bf4ccfb6', '\x4ee940243eb118ab2268fc526305e1194f79bd282d04ebb95c2d7cfb43c3cbbb', '\x00192242d5cde874b1acff44bc1db561cc1592f0b5821589a6354ebfcffe6c21253b14ce90ac6dc72714761562a0bd45b756', '\xf4f1a961550ad849c7216c5ab366a600644295a08facd8e50841a1d3ccefc2f2');
INSERT INTO public.journal VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 7, 7, 'tick', '2026-07-01 08:00:59', NULL, '\x016bcfa87f408f085cc9470cd56e35bd7cfc0e08d1974c8ce43b625edae4bbd9', '\x01542e668eaa629c6828e14cf21faeb018e69f687a1ac9b6a1237a837a', '\x0647ef0af260cf285a958f48833f7264c19a8ec8ca2b7284eb7efab580932551', '\x001970753b05e670b1441edf690fbf84b3a1609486cc0160a9a4c2c4ab0aeb98e41ad060818e9fb63d27dfb154e244553454', '\x');
INSERT INTO public.journal VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 8, 8, 'tick', '2026-07-01 08:00:59', NULL, '\xf0136966b778f1a72b13956c700f6e55af89976ebd4e2d923920de7f57c0a5c1', '\x010b93d2fae900fd1ca2590159fab6cc94d08518b1006e65a406976d97', '\x424c0c40748b87ebf5ea20b5e53a21f57b94093e11dd038a3eb6f763c3b47b54', '\x00194e89c6f2f443bafb860b101831b01262ba146c071fc7a8369ba76831e9a2db6814ce90ac6dc72714761562a0bd45b756', '\x');
INSERT INTO public.journal VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 7, 7, 'tick', '2026-07-01 08:00:59', NULL, '\x8e6953cb1ef69c098ea49eb39c105f70730e7ec540d927f97720f289f2e58725', '\x01f5453203ad5a2b99254ac9300f7df9a5e9634fa8030a6d254f629afe', '\x6e837cc7135616f9d5d7f11bbf30aef572cd887ce67a10e4a40cd2e6327de3cc', '\x0019693b1f3ac3d627533e557fe9de983eb2f9e3a356aac5d48cf5342d7c848b68819a4fdc6749448d20bd49b1b4666786d0', '\x');
INSERT INTO public.journal VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 6, 6, 'tick', '2026-07-01 08:00:59', NULL, '\x898ac880c449217c1af69d99ac5901826ca79c7f056d5f0516d9662a7f4d51e0', '\x017853838c4fcb5ac31efc8451525f5d2dcecb969bd72e424260f08a2c', '\x384d7d2d220f688628cac55c3e88d7f5be0b488a18e812b3e88ecb14e504e434', '\x00196c74d842b3a245c8347f275bad444e7c801ec85c5e678d8bd0cc0d7fbccf102ad8a307774e35b5f576dd5755bfd93bdc', '\x');


--
-- Data for Name: lanes; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.lanes VALUES ('directors', '', 0, 0);
INSERT INTO public.lanes VALUES ('mail', '', 0, 0);
INSERT INTO public.lanes VALUES ('files', '', 0, 0);
INSERT INTO public.lanes VALUES ('clear', '', 0, 0);
INSERT INTO public.lanes VALUES ('look', '', 0, 0);
INSERT INTO public.lanes VALUES ('cases', '', 0, 1796136181789);
INSERT INTO public.lanes VALUES ('dm:U0OMAR', '', 0, 1796136181828);
INSERT INTO public.lanes VALUES ('dm:U0DIRK', '', 0, 1796136181961);
INSERT INTO public.lanes VALUES ('dm:U0LOTTE', '', 0, 1796136169463);


--
-- Data for Name: leftovers; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: links; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: messages; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.messages VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 'C0KLACHTEN', '1796136147.176606');
INSERT INTO public.messages VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 'C0KLACHTEN', '1796136147.184020');
INSERT INTO public.messages VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 'C0KLACHTEN', '1796136147.230107');
INSERT INTO public.messages VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 'C0KLACHTEN', '1796136147.232745');
INSERT INTO public.messages VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 'C0KLACHTEN', '1796136147.434080');
INSERT INTO public.messages VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 'C0KLACHTEN', '1796136147.435836');
INSERT INTO public.messages VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 'C0KLACHTEN', '1796136147.527023');
INSERT INTO public.messages VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 'C0KLACHTEN', '1796136147.538802');
INSERT INTO public.messages VALUES ('TSQU454VESALNHRURDFTOS45I3', 'C0KLACHTEN', '1796136147.736860');
INSERT INTO public.messages VALUES ('TSQU454VESALNHRURDFTOS45I3', 'C0KLACHTEN', '1796136147.742168');
INSERT INTO public.messages VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 'C0KLACHTEN', '1796136147.833424');
INSERT INTO public.messages VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 'C0KLACHTEN', '1796136147.850835');
INSERT INTO public.messages VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 'C0KLACHTEN', '1796136147.942084');
INSERT INTO public.messages VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 'C0KLACHTEN', '1796136147.945044');
INSERT INTO public.messages VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 'C0KLACHTEN', '1796136148.041709');
INSERT INTO public.messages VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 'C0KLACHTEN', '1796136148.058691');
INSERT INTO public.messages VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 'C0KLACHTEN', '1796136148.119464');
INSERT INTO public.messages VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 'C0KLACHTEN', '1796136148.133270');
INSERT INTO public.messages VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 'D0SIM000009', '1796136148.208908');
INSERT INTO public.messages VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 'D0SIM000009', '1796136148.283056');
INSERT INTO public.messages VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 'C0KLACHTEN', '1796136148.367437');
INSERT INTO public.messages VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 'C0KLACHTEN', '1796136148.386887');
INSERT INTO public.messages VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 'C0KLACHTEN', '1796136148.525038');
INSERT INTO public.messages VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 'C0KLACHTEN', '1796136148.542867');
INSERT INTO public.messages VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 'C0KLACHTEN', '1796136148.709995');
INSERT INTO public.messages VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 'C0KLACHTEN', '1796136150.339540');
INSERT INTO public.messages VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 'C0KLACHTEN', '1796136152.070537');
INSERT INTO public.messages VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 'C0KLACHTEN', '1796136153.305679');
INSERT INTO public.messages VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 'C0KLACHTEN', '1796136153.913513');
INSERT INTO public.messages VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 'C0KLACHTEN', '1796136154.102680');
INSERT INTO public.messages VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 'C0KLACHTEN', '1796136155.013449');
INSERT INTO public.messages VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 'C0KLACHTEN', '1796136156.148809');
INSERT INTO public.messages VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 'D0SIM000009', '1796136156.351930');
INSERT INTO public.messages VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 'C0KLACHTEN', '1796136157.148066');
INSERT INTO public.messages VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 'C0KLACHTEN', '1796136158.450270');
INSERT INTO public.messages VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 'C0KLACHTEN', '1796136159.678011');
INSERT INTO public.messages VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 'C0KLACHTEN', '1796136160.901876');
INSERT INTO public.messages VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 'C0KLACHTEN', '1796136162.041448');
INSERT INTO public.messages VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 'C0KLACHTEN', '1796136162.549660');
INSERT INTO public.messages VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 'C0KLACHTEN', '1796136162.651478');
INSERT INTO public.messages VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 'C0KLACHTEN', '1796136164.422069');
INSERT INTO public.messages VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 'C0KLACHTEN', '1796136164.891226');
INSERT INTO public.messages VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 'C0KLACHTEN', '1796136166.001335');
INSERT INTO public.messages VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 'C0KLACHTEN', '1796136166.120689');
INSERT INTO public.messages VALUES ('TSQU454VESALNHRURDFTOS45I3', 'C0KLACHTEN', '1796136166.120924');
INSERT INTO public.messages VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 'D0SIM000009', '1796136166.121684');
INSERT INTO public.messages VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 'C0KLACHTEN', '1796136166.955187');
INSERT INTO public.messages VALUES ('TSQU454VESALNHRURDFTOS45I3', 'C0KLACHTEN', '1796136167.423022');
INSERT INTO public.messages VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 'C0KLACHTEN', '1796136167.478621');
INSERT INTO public.messages VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 'C0KLACHTEN', '1796136167.557514');
INSERT INTO public.messages VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 'C0KLACHTEN', '1796136167.656809');
INSERT INTO public.messages VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 'C0KLACHTEN', '1796136167.721842');
INSERT INTO public.messages VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 'D0SIM000009', '1796136168.459691');
INSERT INTO public.messages VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 'D0SIM000009', '1796136169.448975');
INSERT INTO public.messages VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 'C0KLACHTEN', '1796136170.281074');
INSERT INTO public.messages VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 'C0KLACHTEN', '1796136171.006118');
INSERT INTO public.messages VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 'C0KLACHTEN', '1796136171.518374');
INSERT INTO public.messages VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 'C0KLACHTEN', '1796136174.788928');
INSERT INTO public.messages VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 'C0KLACHTEN', '1796136176.111559');
INSERT INTO public.messages VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 'C0KLACHTEN', '1796136176.689764');
INSERT INTO public.messages VALUES ('TSQU454VESALNHRURDFTOS45I3', 'C0KLACHTEN', '1796136176.696594');
INSERT INTO public.messages VALUES ('TSQU454VESALNHRURDFTOS45I3', 'C0KLACHTEN', '1796136177.981328');
INSERT INTO public.messages VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 'C0KLACHTEN', '1796136178.929712');
INSERT INTO public.messages VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 'C0KLACHTEN', '1796136179.056918');


--
-- Data for Name: meta; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.meta VALUES ('ring', '\x3266313065376535626235666339656131616132663962356138333162633432');
INSERT INTO public.meta VALUES ('search', '\x76bd6bfdf35b89f7017bc1b119f7902c7df37661a4592552526a734bef7a04946fbd35cf72246e5cf6870905290603c73a7bfe0b1fcd79ef1b18581ca90c78e315722eea5c');
INSERT INTO public.meta VALUES ('contact_rule', '\x31');
INSERT INTO public.meta VALUES ('register', '\x4c4136484e48345158515a34464658594d585432455244333733');
INSERT INTO public.meta VALUES ('policy', '\x34333962396532376533393661633762376132373763333135633265323536323963396630613462333834373831376135353436366263396330313836613438');
INSERT INTO public.meta VALUES ('retention', '\x32203234636c6f7365644575726f70652f416d7374657264616d');
INSERT INTO public.meta VALUES ('outage', '\x313738323131353235322031373832383932383539');
INSERT INTO public.meta VALUES ('beat', '\x31373832383932383539');


--
-- Data for Name: outbox; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: outgoing_files; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: people; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.people VALUES ('U0LOTTE', false, '2026-06-22', '', 0, false, 0, '', 0, 0);
INSERT INTO public.people VALUES ('U0OMAR', false, '2026-07-01', '', 0, false, 0, '', 0, 0);
INSERT INTO public.people VALUES ('U0DIRK', false, '2026-06-09', '2026-06-29', 0, false, 0, '', 0, 0);


--
-- Data for Name: promises; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.promises VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 0, 'acknowledgement', '2026-05-25', '2026-06-09', '2026-06-09', 'U0OMAR', '2026-06-09 08:00:26', 'email', false, '2026-05-20', '', '', '');
INSERT INTO public.promises VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 0, 'acknowledgement', '2026-05-05', '2026-06-09', '2026-06-09', 'U0OMAR', '2026-06-09 08:00:32', 'email', false, '2026-04-30', '', '', 'U0OMAR 2147483647 2026-06-09;U0LOTTE 2147483647 2026-06-09;U0DIRK 0 2026-06-09');
INSERT INTO public.promises VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 3, 'confirmation', '2026-06-27', '', '', '', NULL, '', false, '2026-06-22', '', '', 'U0OMAR 2147483647 2026-07-01');
INSERT INTO public.promises VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 0, 'acknowledgement', '2026-05-25', '2026-06-09', '2026-06-09', 'U0OMAR', '2026-06-09 08:00:32', 'email', false, '2026-05-20', '', '', 'U0OMAR 2147483647 2026-06-09;U0LOTTE 2147483647 2026-06-09;U0DIRK 0 2026-06-09');
INSERT INTO public.promises VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 2, 'confirmation', '2026-06-22', '2026-06-17', '2026-06-17', 'U0LOTTE', '2026-06-17 08:00:47', 'email', false, '2026-06-17', '', '', '');
INSERT INTO public.promises VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 0, 'acknowledgement', '2026-05-27', '2026-06-09', '2026-06-09', 'U0OMAR', '2026-06-09 08:00:33', 'email', false, '2026-05-22', '', '', 'U0OMAR 2147483647 2026-06-09;U0LOTTE 2147483647 2026-06-09;U0DIRK 0 2026-06-09');
INSERT INTO public.promises VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 1, 'outcome', '2026-07-04', '2026-06-17', '2026-06-17', 'U0OMAR', '2026-06-17 08:00:48', 'phone', false, '2026-06-04', '', '', '');
INSERT INTO public.promises VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 1, 'outcome', '2026-06-20', '2026-06-22', '2026-06-22', 'U0OMAR', '2026-06-22 08:00:56', 'phone', false, '2026-05-20', '', '', 'U0OMAR 2 2026-06-17');
INSERT INTO public.promises VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 0, 'acknowledgement', '2026-06-04', '2026-06-09', '2026-06-09', 'U0LOTTE', '2026-06-09 08:00:34', 'email', false, '2026-05-30', '', '', 'U0LOTTE 2147483647 2026-06-09;U0DIRK 2147483647 2026-06-09');
INSERT INTO public.promises VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 2, 'confirmation', '2026-06-22', '2026-06-18', '2026-06-17', 'U0OMAR', '2026-06-17 08:00:48', 'letter', false, '2026-06-17', '', '', '');
INSERT INTO public.promises VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 1, 'outcome', '2026-06-20', '2026-06-17', '2026-06-17', 'U0OMAR', '2026-06-17 08:00:42', 'not_possible', false, '2026-05-20', '', '', 'U0OMAR 2 2026-06-17');
INSERT INTO public.promises VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 2, 'progress', '2026-07-19', '2026-06-22', '2026-06-22', 'U0OMAR', '2026-06-22 08:00:56', 'phone', false, '2026-06-17', '', '', '');
INSERT INTO public.promises VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 1, 'outcome', '2026-06-20', '2026-06-17', '2026-06-17', 'U0OMAR', '2026-06-17 08:00:43', '', false, '2026-05-20', '', '', 'U0OMAR 2 2026-06-17');
INSERT INTO public.promises VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 0, 'acknowledgement', '2026-05-25', '2026-06-09', '2026-06-09', 'U0OMAR', '2026-06-09 08:00:28', 'email', false, '2026-05-20', '', '', 'U0OMAR 2147483647 2026-06-09;U0LOTTE 2147483647 2026-06-09;U0DIRK 0 2026-06-09');
INSERT INTO public.promises VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 2, 'confirmation', '2026-06-22', '2026-06-17', '2026-06-17', 'U0OMAR', '2026-06-17 08:00:44', 'email', false, '2026-06-17', '', '', '');
INSERT INTO public.promises VALUES ('TSQU454VESALNHRURDFTOS45I3', 1, 'outcome', '2026-06-20', '2026-06-17', '2026-06-17', 'U0OMAR', '2026-06-17 08:00:45', 'not_possible', false, '2026-05-20', '', '', 'U0OMAR 2 2026-06-17');
INSERT INTO public.promises VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 0, 'acknowledgement', '2026-05-25', '2026-06-09', '2026-06-09', 'U0OMAR', '2026-06-09 08:00:30', 'email', false, '2026-05-20', '', '', 'U0OMAR 2147483647 2026-06-09;U0LOTTE 2147483647 2026-06-09;U0DIRK 0 2026-06-09');
INSERT INTO public.promises VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 0, 'acknowledgement', '2026-05-25', '2026-06-09', '2026-06-09', 'U0OMAR', '2026-06-09 08:00:31', 'email', false, '2026-05-20', '', '', 'U0OMAR 2147483647 2026-06-09;U0LOTTE 2147483647 2026-06-09;U0DIRK 0 2026-06-09');
INSERT INTO public.promises VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 0, 'acknowledgement', '2026-05-10', '2026-06-09', '2026-06-09', 'U0OMAR', '2026-06-09 08:00:31', 'email', false, '2026-05-05', '', '', 'U0OMAR 2147483647 2026-06-09;U0LOTTE 2147483647 2026-06-09;U0DIRK 0 2026-06-09');
INSERT INTO public.promises VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 0, 'acknowledgement', '2026-06-09', '2026-06-09', '2026-06-09', 'U0OMAR', '2026-06-09 08:00:35', 'email', false, '2026-06-04', '', '', 'U0OMAR 3 2026-06-09;U0LOTTE 3 2026-06-09');
INSERT INTO public.promises VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 0, 'acknowledgement', '2026-06-11', '2026-06-09', '2026-06-09', 'U0OMAR', '2026-06-09 08:00:36', 'email', false, '2026-06-06', '', '', 'U0OMAR 1 2026-06-09');
INSERT INTO public.promises VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 1, 'outcome', '2026-05-30', '2026-06-09', '2026-06-09', 'U0OMAR', '2026-06-09 08:00:37', 'phone', false, '2026-04-30', '', '', 'U0OMAR 2147483647 2026-06-09;U0LOTTE 2147483647 2026-06-09;U0DIRK 0 2026-06-09');
INSERT INTO public.promises VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 2, 'confirmation', '2026-06-14', '2026-06-09', '2026-06-09', 'U0OMAR', '2026-06-09 08:00:38', 'email', false, '2026-06-09', '', '', '');
INSERT INTO public.promises VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 1, 'outcome', '2026-06-22', '2026-06-09', '2026-06-09', 'U0OMAR', '2026-06-09 08:00:39', 'phone', false, '2026-05-22', '', '', 'U0OMAR 1 2026-06-09');
INSERT INTO public.promises VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 2, 'confirmation', '2026-06-14', '2026-06-09', '2026-06-09', 'U0OMAR', '2026-06-09 08:00:40', 'email', false, '2026-06-09', '', '', '');
INSERT INTO public.promises VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 1, 'outcome', '2026-06-20', '2026-06-22', '2026-06-22', 'U0OMAR', '2026-06-22 08:00:52', 'phone', false, '2026-05-20', '', '', 'U0OMAR 2 2026-06-17');
INSERT INTO public.promises VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 1, 'outcome', '2026-06-20', '2026-06-17', '2026-06-17', 'U0OMAR', '2026-06-17 08:00:42', 'not_possible', false, '2026-05-20', '', '', 'U0OMAR 1 2026-06-09');
INSERT INTO public.promises VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 1, 'outcome', '2026-06-05', '', '', '', NULL, '', false, '2026-05-05', '', '', 'U0DIRK 0 2026-06-09;U0OMAR 2147483647 2026-06-17;U0LOTTE 2147483647 2026-06-17');
INSERT INTO public.promises VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 1, 'outcome', '2026-06-30', '2026-06-17', '2026-06-17', 'U0LOTTE', '2026-06-17 08:00:46', 'phone', false, '2026-05-30', '', '', 'U0LOTTE 1 2026-06-17');
INSERT INTO public.promises VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 2, 'confirmation', '2026-06-27', '2026-06-22', '2026-06-22', 'U0OMAR', '2026-06-22 08:00:53', 'email', false, '2026-06-22', '', '', '');
INSERT INTO public.promises VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 2, 'confirmation', '2026-06-22', '2026-06-22', '2026-06-22', 'U0OMAR', '2026-06-22 08:00:54', 'email', false, '2026-06-17', '', '', 'U0OMAR 2147483647 2026-06-22');
INSERT INTO public.promises VALUES ('TSQU454VESALNHRURDFTOS45I3', 0, 'acknowledgement', '2026-05-25', '2026-06-22', '2026-06-22', 'U0OMAR', '2026-06-22 08:00:55', 'not_possible', false, '2026-05-20', '', '', 'U0DIRK 0 2026-06-09;U0OMAR 2147483647 2026-06-22;U0LOTTE 2147483647 2026-06-22');
INSERT INTO public.promises VALUES ('TSQU454VESALNHRURDFTOS45I3', 2, 'confirmation', '2026-06-22', '2026-06-22', '2026-06-22', 'U0OMAR', '2026-06-22 08:00:55', 'not_possible', false, '2026-06-17', '', '', 'U0OMAR 2147483647 2026-06-22');
INSERT INTO public.promises VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 3, 'outcome', '2026-07-17', '2026-06-22', '2026-06-22', 'U0OMAR', '2026-06-22 08:00:57', 'email', false, '2026-06-17', '', '', '');
INSERT INTO public.promises VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 4, 'confirmation', '2026-06-27', '', '', '', NULL, '', false, '2026-06-22', '', '', 'U0OMAR 2147483647 2026-07-01');
INSERT INTO public.promises VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 2, 'confirmation', '2026-06-22', '', '', '', NULL, '', false, '2026-06-17', '', '', 'U0OMAR 2147483647 2026-07-01');
INSERT INTO public.promises VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 1, 'outcome', '2026-07-06', '', '', '', NULL, '', false, '2026-06-06', '', '', 'U0OMAR 2 2026-07-01');


--
-- Data for Name: quarters; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.quarters VALUES ('shared', '2026-Q2', '2026-07-01', '2026-07-01', false);
INSERT INTO public.quarters VALUES ('U0DIRK', '2026-Q2', '2026-07-01', '2026-07-01', false);


--
-- Data for Name: recommendations; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: records; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.records VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 2, 0, 'acknowledgement', '2026-06-09 08:00:26', 'U0OMAR', '2026-06-09', 'email', '\x019f0e782a0e0947796dc3d8d639af49ba66e45fe6826eceb8273b8836a269f0565d07354d1ce5db4b1bc4171313544677afb443965ab7577b3a52d6222b204aed73b138238942ea7203f97fe161ab210e71b12caa3dc2cc46a5feea2e285d0ce56f65c459578fa54f7d74a2efc6a33dad11a904d512e5f0e914939beaab466103f4d8468f7e38fe6322d252220f086d4dd158e782d72e726e336ab8a4b7c683779f2a8bf551445956530aeefd726cc7c9ddd5431d1329ce809757afd691028ff257bec42c16a1e7f9f7707314c243733d070d89ba059e1acf3103d72a6a909f37f056171ed128436a2151460263363f94e0284e8ca67cd5f4e502dbac6e37295def9a4d25138d3ee14ea2471b8240a45eeeac3142c6a78164b7bcd86680c0431929e3049ed1580343658552fe7c6f107c2deb1d4fdd198ea577f7211b56bd392d8eb6fccb371471a4ff16128633b0b23f9cf671e1abc4f725dd3d3dbdea164945ee5ed0f9ca702a094c14f47f58133ad8ede3aaf26da060bcbaea9f38c3d1472e4450d13bc0cab22de5c254cc195c4785fe599c64110dddccd456a281506e7edbe13c7d281ff411c124212b0ccd1caa9b326f88b69b354d0d0ad860f665bab0fbdb3a3c98323411231d0cb296f54fc8ff3e1f1fea5d48a17398b4e52b2db665d3d56360bee5b9ec6d02b6e9d21cb0f1f92689eee09db487b9c83d65be8e6f70c296516093c55b99618101ea781db34bae0c7f318163ed0d6ca912e02a7e11b63aae919e2e06b873643f1bdab62df9275b12846b60b06f8fad2ef9919b9580617344d7a20de24e25ae561bad81b40f27023db8e3c1bcbfe43ace3551b312c801c896d1b0e5173d9a609459bb4abddfc3b7be395df7aaae5ec9d6aa687f50129ae06a1178def231913ec693f64b2e043aeaa41f84f63f61e99eff71f197ec1497d2c198728d65b18e89a15a86802e95c85e9de5339ae66a20117e9da85adc30176e2b1474bbc3a86a92b13ba04fac0e251448197aec6964d0b264eb3c633f315748361d82d5acf39eed4c649a427806be77246f6794e59fd5acbbc568193ff364ff3a1f1fcddcd4fb2362ef421a5027a43a3157c7c640999ec2829c9e0e4413fc23464ee49e3d3f815f521e64a175c8a9fa13efbda0d2121275cb1fa4c4a37e4aff0a1e97e768a4aa462667f082ee5ad9421d1b5e02c7fffc1e4846cec9dffa5cea8f6844dabb0f27d02e3e5d034d113383060b782fc2238b1b0195e9c717153fe64b0c65a374ddf778457083883b98852b883db04c39efce6488fe1dd8399057b53f47177c24844cdc0a588fcdd5de16008bab3acd06144c15bb45e713d7f8410afb7725fd9e5ee6e55c8636acc415fed9451beff5c699c93e332dc71dbd1ee00902c48f6f32eba24fd1b2275dd88052eddaf2d0aa81dbce61bbe4630bda57c2911b9c7650aa94c431582fd958bcc9a52d41189ff4f748a3c00938ef8c7292e3b6ddf559e8bf82ecdea18f4f5373aea5019bde445a6fa2c6ec9ab1a7e33937517eda2e18f0166fa77741aaf741decf0ff406ec1c2418f7629312e92d68e35b32350dc03670edb0be580923e05beb295c61fc9f92176d159d0de41973cfbd552a0d2e6db6aa25293d5d4cf91337fa4934e17f89ab9ffdf45d09d240dff3be6f43b2fa5ec726c90429f682ab415c13995e0e8a36a81d52c30653e46eb93127b50422219fa1a6df32aa17726ba3e97fc5d0f9d48b027e94d927491546d28988d6eaf56ae79f8d084f65433c9af4b75e04f7001bf08865f6dafce7146602f90e931bcb900b2852be0b0f81c5da3ab772296eed783ae3f2e5d03e218b99b501d90bf341ea9bc42bb560cc2ad3b271cfb42b007a269b8afe3365fcbee3d154517f08c1a3baae3cd50f6ea883558a644ccbb6f2f098f99485be178ed0fec0a0d328eee276d6dff9f5fdb95a1f4b69919fb32a1d1b49bb4a6a1d50329f07bd4ef6abfd4763a0b5fff6c84ba986f11a2bbc5d913f3c9d909d09da0e45ee1b6afe961361234e28d4021995accafc6251f4381c99fb9dbd6e9086f7b9ae1b823d8ace36eac6a75287c442cf04c1421e29c2e6ef4af46328c3bac49d3fbf65b5694639650bca86811c0cdf3047e8468e6d333e5fb1266c36c719170be05ef74c0ec8396e1fd9aa5f3c4ea48c0ffcfc5e0fbcf70ade8d45a65fc4be1f3d3f894cb35ea12aed99bacf3b817ed92cfb4ff42b3d460cfbb202aebab12c7fe18806f4b9ef0e1a7badd38802d23ac8167fa2b2f89d7a6447fc4d674f060588924e23ddc1b5425f201a7b0f06a3e7ed0c6877e059f15ea2ad176f13f8fb86d5c268d744e3b0d59e51edfc26311681d2541173c24d38c6b6be0ec28c8917abc8a18757fa');
INSERT INTO public.records VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 3, 0, 'acknowledgement', '2026-06-09 08:00:28', 'U0OMAR', '2026-06-09', 'email', '\x01f5a603e38695ed81f8e1990206ba7ba458cc8ff4c7a3755a8eb139da7d4a4c0d3a78c98717f75a4f6b665d944e1ccd5289ae3d8a9d4752cf8cdb89393a8e36495e8f03086e91e7eefc86266ccab97a91f804652ffd302cbf3562e2ff229a7440418a30650bdb23c00a332cf8ba59a87f8df6b907dba2c74b37bbe7f9c70a4d67b977dea9a2b6f956533ed9147b177dbc2115301367aa12ec9bcb78382fe53486063ae89c7e7eeb11dd5ac9c1c2cb34db168f98057ff1de3e28f15e59aedfdf79d9b67319f58f0a72cf9beaed0d4c9bd05bb20037bb000ea6f4e45fe9f9937a68c33aebe30f3edf35ab843e241bb659cbc92a6bff5336c8d71f1ef824712e4a8c8f41c37283f98a99db12a8761c42a3aeb24d2c39e533faaece75d3ea07f86c43a57cdba07660e42eac51c8e053a0e3dc417d69c4a00317356f7848fcfb9ed49bf1126313f11a5fb49750f13e5cf12ac1615e54ec5bef9ef51023fe2065f45c1375b64eb901aed55bb93d7b61d61efc8f1cdaa1f614200d45519ce3e98ee3ca9242e6fb84b6cd5156fccc8615398b8cb89e37b43dc1051e4d65fd3f06e37fb8d121fc6a093f29921a19efc415fe25cc4fe3fcefac8ae1c72ef980da7373b13bda54388d31c08aa5f74c02e2e9672ddc90ae41ea783651dd20a2ce54259b57a9ddc59fa59ed89a089779278b01955b4d85400844c7cb7555d23f7979409ff2ddde6ef69b375b18ba9d19416493f6ef3b7e81e932bf76710985f225d794b571465de89cec069a3ff4ac6a2f28e359b52e2b3bffa583443bf9ab778fb81cee4112bbc03b7274e92f43890db935131f2f9653ae7e30bc69420dacbd17763cbfa75a73312a007a1c5f26a2e459b34f065dacfb24e5c96dea47a9fa6581c081e5e625e0c8f591150777324bf45bfe96a811a73f85553942cdc9312a046297a15268e00aa160b77abea5ac9e42aacc762278be8dde37cfcf74f4bda4076a462e5dfe7e62f8710ce4f503cb17bd8f3c5513181c56e61c418e258989c8a9e096702e2e8ec52cee1fdc402f060208ed560b1fcf0e71d4c7a107989c8b5ce11738d3d9b6ffe1ee68cfb256073f17ab28de87545be77c16193ff9d2e0bceade91bcfecd2666f779dd2dcf8324758500527c615036b4ec4c609d2402acd48bedd0bd4ff48695be451cb2c8996d57d8d7f0ec08aa9bae4b126543b227a70cdbb1674454bf7dff196ceb057821775e11758198751e94b9e87df8b0cae4c69a8c464ae8eebffa63110874566476373bd0657c633675008545a4f078a73edd2ba7779d75eb96d187f163950169b0db27168d7eab99e635056f568022afd5836b94908fee2b7de90adf94963d0e2116527565f635e85c2f6d14c3d8150ec4ac172aeea7d47ceff892a6769a5a07bfaf5b92d71f4b84824460ef704de30270ae0834e608e8016466dd503a56ab7083c0d794d2b672e4c4214d5f324829c67baf99a9a6e1eae1f6c3d32d1dbec7df351a137bdedb2fa3b5bed804f45635d2882e1106cfe5fba10537788e598e618cec8f2ea9c31f978d8fad0994c78a219207b25f913a18de88ca4429b9a4b4e5b1fe19f93d26b3d83c7294aa6a86413c6b6620727b3d96355750d6e9df660ce38b7f538bb6df59ec0f5fec08b7cfc99123390271dcd989f83812744f42372e85e13f786869619cd70e78b4c89b9e570bef58e46362024eb930896ac7c05cad2316f8b40cc388ccf8477a11ad1ad805055df5513232bcfb4ab480f94210dd4ab291601a74d6b153556725341e7cd01662548c2ca2e328d741e78bd0dd054427b3134747e294c6934836512520db5f38cded4f0ccc2c048503a306f883ab9a0b5b09793ba793334f28733444dd8e3b33673d0f300063b85dd4291ce4df5271f1dce639b7a0bfcdbac99c111f8ac9a6e414e7c4adc5d28eb25bd893f30539ab0456a793a5e403df9f81478a2d8e099f02eeea15222bcbd2dc79674227ee1071a67fb18116f811f3f60cffe6c70bca85829df9688b84c87ed65abe2ad036486dd188cc814ce9e5f2a3b68ca44412f6e0f7e66018e97af9cb139de70fae8781f2780e7b9dda73e2da3286eaf0c94712e71a284f17dcf15a9c75d195e07f37cfe1a28a40b9ed4c22da7d8d888746f20d15fee14cb7ec8a82d420deb395b21245c33f5385cca8a930cc61d85ac081260131740c655a1044949576fa9a0a7abd94ba89ed77e10dd0bbda7ea6ab2cfdc442aae8886897432f0006cafca99704c079702f40979081268492de897affae11db8ef212fe8c260593bdd1eaa8b7ce08cacde268e62d268076bf3eee26f6e56e435855e630efc1144d694f6c3d9a028ab90082c53bf8f77f890b441f97fffa3f8a13cc58b0429fbcd28f');
INSERT INTO public.records VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 3, 0, 'acknowledgement', '2026-06-09 08:00:30', 'U0OMAR', '2026-06-09', 'email', '\x0138d82ca1d2914b16e6d226ce7be65c85d982efdbec0dc1254a08ed3456ef540f8bcee4389ad9d1b671d54b7c450f9749bc31b9c4ae422ef205acf61f51d76d8ebcc14ecdf908e16942269912d32501f35b4fb58aa91c86cdb0a568b28480fe3dfef1250a8a09e7cdec8f19abe52dc9ff95e044040a975e1ee1f2da69db65f9b9a4f977fdbe9b6196536b80930cebdf35506e67ac489a643ad454581ae37a5dd14550c1cae170a42d4ee9fce32afc462d08d960b04165cd52e61a0a1f184b06b1a1fd0876c1a08292d8c12aea272c03907244567331ba994b95e8b0a107d3a2925002238ed6a8cd61338a46e5c968669eb1ccf5256f5233e70fa5ea8f047370f6a11dddf85ca246e7abe9378cfa516aadab85b5bf77e5ac38305b59f5af28d9d775b642b8b59457d978c34f96c5f743d6b17e41978463543d0c0c2f248e79c3538476a7d9b9780937706adf57c87845c29bf92804b75df8ac37154af50b6513a0ec02714df1fd8a2115c2e0d985418c03ee16186d3dfd988cbb4b9486b2e2875fc9fec5733202b16ecb67992c2669c5dc478b91a7045e80514149e2d68eaaa2401e450644dde0fc4941f29a3519c3d81096565e787a47c26782486a0a006b3d3e8bc08398bded94f3c39ffacbde40cd9c220c27eff1229e692ef3e9035368e212788293479adbcc7e9ff7e2b05b03e8e1ab3105ba8f35ec976dd4527514e4b799c490af056360b3c6fe8cb1e1592a401ab39987adc1741fc18eac1407d72d78d868ba3ca8c089a01236d68425870edafa6c259f83271783b8ba157050e6eabbf210d16727f806e8a65cb3a78943a8ec324b3db2f0b1f4ba02cf40d1d5ab09f6486654243d845b75ffde847195cfde36d0fdac08feaf2f82c74ed43b25757f6822dc6470e396a779a0e0b14782e1824353ca85e2d79860ed9e83bd01fcb73576e52f9f158d946a5583bf3ff633a828142c76dd888e0e4bb21f3f4310fa7f96a3b4d877900dfec7f917674db6f6498a3e8288489f2415411f9624f137c099905c5d606976bdc72488b7030c89ababb515fb914b2b6aa85b55b05a2ed8da9b8fbf5731b72d63cef1af4f86315434a9ce3af216cf0cd053ddd1a933882b5d7dfac68e6c9d5096b133a4842b338d889ff81d35c7be34a48fad0fbbb51843e7371e43fe7119e6b40afff9b1e1991fbdb91470949827168d30136c3998a9822d2db013608c0b6ff0e8ba1cdaa332f91d2b54057359bf5a7eac86cefa798fe97006fd0fa1425bcd89a43fe53bc1c81f59572d04403600b960777f5b32ee7548444f627793e77742cf62472207d647f42699818fd92b0de670b8ec836a74259c19e9e5c81798a25c8a314cfa9dfa772f374668c2bb660b251f9a9394b85dfe7d15cb5e2add33dc936b4ea32e2b893a9a4e387863bd8e0d2ae02cf1f153bef2aeeffb0ab7fabda101e094fd51e137cb573a68a199683988b60c8ecb49b62baaaea99da2af2d0748ac82c27bc7ae95d75756a6273ae5d585459a58afd11c172b972a8bed092dcc4abd05f6fd635c9eed217a86158fe6c65505cde0f1390776d2b92df630ce542f9f18b4bebee7a0b8e1efb41a656cf193d58c1b04054ba36b93c8e4965f0d70729b32b291f1a65efdfb1e5cfed620c41bebd088cd825ba7643204e1c837c4f0e099b3c8a1da1e871a23a0d496395f1e6007c3a975bec4b043acf5194471d40760ec9d947734aa4382c4834ace3c4309d5e6d978f31e1848769a22ba964031efc9bf584fcf9c522f94fc3f492952a1b802c66567c598936cfceed661f807ed3b50e15eb94b1c8d1e390a39804385307154d6a6d539827a7ae04a5124781de9c0a5631b9ca30d1b1d1234fd0b97991f86da71d318491ba407037f5b1ad82f520876d60b4ceaf76c90d38214e19ead30db7793d2b361bf5a19a6c78ac82b51f433c7f33be067efdbf143ef411a41727f6c799eaae8ed38b521a6b3cd08446f519851a8fa7f60c353cdc4f1405ea5dd3beae138bbdccf6b64cbfd18bcdcb99fd893efb7b3948fc40bc4065d73b71253ba643d06ca4667a08a7b24837cdb4d9586fa31c330e705cea699673813dbd5ecd2cf2b59124d5aab6bc7a792491ac84d53c43301072690cd09ad8b78127c44a8acae625fa12ee7e936be5e2439b8d424f79ea46db7f51ec336da6f04f8705f17f7ea748c3e416ba480bfb6aa58b20ab1306a29458dd0270026db8013b38579e44f7c360e5962a7ecaf1b24f4b4b8937f492a16a8f4d1dd56c9da9441db94b3086fb7984f0ea77dba52285663964cbc37a97ecca597b6b48691c2bfc8761ba2b0e03616cccffb3ec4df59ad9019f6333d1100e94702e341c007baa398698cbc69467a63b191a435332d69d5');
INSERT INTO public.records VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 3, 0, 'acknowledgement', '2026-06-09 08:00:31', 'U0OMAR', '2026-06-09', 'email', '\x01544aae4a9f91a26402fe0a4d11ec09d5c99944ec7b7e74ea441807fb036fdbab3aaa0ff65230bf202380221626abca440dbc408bf7a303f6b34136993e46d4fce7d9c7a29614913f260895b26ce3461ac2bc2f0d03cd8ef0c42d737ec70280c5d6ac675245d1097f07e0282203e44c56bbcf5868df2d3286ee736cf91a947f26755d62e046533bee4a77daa2772a839f963f9fbea9be8b96b27174b4972ca5a0e11c59445061708d62751f94e4638f10bc062258d7f9020deb02c64ea7f469e95c2a2922b14e2914c905f39250b4f272970fee7f6320c45dee8800e8258256b76c149b5e1ac94fc1c3218ffb29b263aa29db11daa2341604576f7d4c8a431e98378311df27b0f1d6a79dfec62795a291a8fb16d518b9b553f977962b51f460233922920b7c645640da106a16fcbc66bfd08af03da62e339eb09f46fd07746cc494a62239e757053a37159cddba6166622f821bbcd47793f9dbf4683a56c3bddfee57c665efd59383870a16dd29eec0c569119ab92c8e37db03b550480aeabe175cba87f7ee9a788c006dec5f382fa629254d0a8de6b12bba126b58f32bd785030ee7efcb46fb54459375cd85408b0120c2e7e1a6697745e43fff9fb2c6686a068fefa5b77c87b95df019f0fd0669d16c38b7a898d76153d76d6ce6b61812ca2fec1d0b6f379cae78470874794f65353b6c8b565bf88bda2910c73c8abdff0ea8d8acb979121f8ad7d5c783ad0830d95e19fa955c3a6f32f0601e1c698871286400f09b894af4163ccae3abbf0169c4b43f457ccfe90a5c6ed492dea487036e38bc0874d98b2ca0320bb2960f39ae1c96ec7495d733883236ae4223c08958160a6cb4235ad71017f9e94bce27346c9de9e2c7b35ff44c17f9210f11fe7c94ad5cdebeaa6668b3f345cab04ec85b63d1b9cfbc43218d767a4156aa7e8781bf5e6c6fed527e6ab63faf0076ba91b83d883c42e35019b8fbcf9ffced8c053f356562c19dbbf573d74bbb393bc3eaa8c3b4f4e9d824b03818ad6aaa1c9aa065a289a6f0c122774a4c7a1d3e28b7bc8d78ec343ca222501b0f94dee0ecb225bf94c780da874c0e5574152b2b8a9a52d583a9f46ffa27f96eb10aabfc076504e3a37cfa5789bc92726ae34ed29178159a37b265b739d694525ce03750f4b4122183d3256b68194533bf503c531887ca3e3b1e97d577101731dd9a2bbd770ffe76b6366a8e86711bbda050db3f6c1cfeee8490299a7d6c1f71a63aea4f5ce72445d21304d046342def6f07be82568f94a64f3a1083aa751a2cfe5f8a5e9409c31abf1886859a47a22d0e020ec167c36798cedec1455ae8038aaceca8b38f199ff4cf3e1fd9edaca70baaff8fd6eeea0ee1641d9fc13025826e2ab10640d381b1302ab8ff5ca8170b369afc591343bd8ce097f98abefd7221b9071130e5cbd8b8654f4cc9f75b95c0b7c0aa3eb4ed8995d7058a5ae6e2c63466d1c3fc53403c6d3b32364137e19560c643ac0e5db6a521eebe4dc9aef8eb9a5a5228ba39b25eb38f6ee66b1c43778cb55ae38ca5a11404c9325d648f4ac5587eb7ccb3d045751082c8e137280bc773f6904ce0ed9e7124dc13d94ebf27d180ea5165022b93e194f709b0758df6aa918d0c93bcaa313a148b52223390be1985d5e1f35059d3aaf8d189c5989455009cbd981658169cfe84e9ed447831d42dd4ec7ce520c310aa679e7bb1b5da609fe803117458218e7392b9039c6cacec81e452ea6d41b133c7f3ca2334896bc1c6e1de0d82db7841a9cd681371b088fd9ff47ee7d61a072b06c2de00692be7d01af713136530e8844297b10a09646e7f5f9f5397ef57ccd80e3b2f144ab66e0d6fc99de7a5631c862ae7b241ac8341f5b97153b61397497b0ca51966b2ceed67cf24b61c5502c041c5995fdf68d1963abaaea37cb1adb5bf94eb12fea84c9cdca14ddf203986b2c5afda6ed6a4df56ae0e9c22c466158a2bd64b3c884888900e8fe4389165bdaadbee3d6d0a1c155e35e75f9d5909ee037b82a75a5121aad095d84493443ac9ee10085a22a361275585f10550139d4625124e78ace890d7a6960f35f9eef1fc90a5df02c2856192e4981debd9296f8cbd9596285cc4ab6fb1280808e6396cc76b2007fa26f0737620084b1cd1b0b3a3fb47e368fe354318be85dd2f8d54d2c7199c6e45c7eb854266fb3075ac5b4781f5d72e5334a124c4c4bcd5aff9e3da10629c31a5769b31772eec24a46b5d79f1f8b633e6ef0fd4aa18cc57fa70567beb4398f0b736141b61b77b7d2162aeb678f98e4249730fe23c696084e4364dcc1a1addab02ec8f14af81632e27fa6e0a215f696e0f98725968898010c65d986fa6f0e4608ca40e52b3002f28e76ab22c73f5');
INSERT INTO public.records VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 4, 0, 'decision', '2026-06-09 08:00:37', 'U0OMAR', '2026-06-09', 'phone', '\x0137f982bd7de9f9b92ab33b86a4312bc80432f22b1ee05be36a030d7c425bbbf2961e26bb8a26e15009ced9c94966b14701297a6ad90872039fc923f1202d441c61ca792b4f1751bae648e340cd2d0420afe82d30589a1a9646083526dca8bdad601168b125ba7bcb49a0084d1f0eba11dc3f87e66b7c2de7f41e1728f4795dfd2139fd1c72089925cd98b40dcb');
INSERT INTO public.records VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 4, 0, 'decision', '2026-06-09 08:00:39', 'U0OMAR', '2026-06-09', 'phone', '\x018d67fcd8e27370067dbd46180a1fbb0c3e183401946110138a591484b3a83f6cf81a903a74ad668bd56983b957f5e056391cd4671e51a4f808e90382522facd5b000f6f57e76b38e5b3e6f9b381ac7c88e3d0f1ac29a565af7e5fede9a88fc66fae8faaf3675ec2aaf5c0c36f0edc825c7edd06b7fbcc960600b8312550fd6f327effea903dfe4069c814e8194');
INSERT INTO public.records VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 5, 0, 'decision', '2026-06-17 08:00:42', 'U0OMAR', '2026-06-17', 'not_possible', '\x011519d1d87b653c13e8ee1b271b4bf08cf6b9d24792e7a4387234fecfd9d62bc685e842b3b5215ce63c57d3cd9b2d743c9d6ff9774ae69f2cfe6160b5a2f14dd0dc69ea1c13fa16d6449c325581ce9f67c7e9d6b9b0bfad18c6b198a181f8a94da30d1898977edfe257ea21a6435e36c66620eb5fb08bdf123f87f98178d4cc68fb74b0075a2402ba19a84c86e5');
INSERT INTO public.records VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 3, 0, 'acknowledgement', '2026-06-09 08:00:31', 'U0OMAR', '2026-06-09', 'email', '\x01f5775d691233d448a5653a30b20babf4bb296af4cdfcde08dcb6a97d224b72ced7a2a732178e73ba8dfc5460858c41ba9e88a42ebc64088f49cd12f4b86527a9ce7c9ef16401b1e70814c157ca0ae59e7cebdbd1826958c9084dab7a00a39dbc9580be939246e7dcac1593007d996b4172a6fc43cbd41398f71cf50584740b56a2bece609ba32403ac11530a056f2e0e08835c05757a40d810e10fe240957f7200965caee8b8594837e98553b582e974376beedfd6b96cbc1d685ca0311440745ed875fd9ce3bbef36709610bf76b5e01b68415d00edbee3f1767e2a1991ed15142d8a816380df41d6a89dd9c394661bf2efe943504ecc96449c27db435ff9cc5c3dcb4732ca8a86d8a66d5d0fbb03294481416a48415a308504b410f89285a2222baf9e4c63008ebede45073b4df3c0ceb99cda434f5ef96d2223e3046b210c4745a7b3b8a15b100536a4d79e204b2b23a712bf0bc7dca3d34f7500f483f212ec90879393f6ea3de770fc73f3161093cdcace6fdd3fcc1b9a0eb37ae98fcc612ff44d1a3bc7b1a63c19def745d350c598cbc896ecd243a27d08f5f43b12987839a55eeaa7f1b524e3c3070bcc6a9aaae83b7a1d8bdc7c8138cd4084549603a8f2b808f1201f04350f66d56d07658d9239ea3878dbbeb8187b0aa0e951977057fcbefcc3082271509b431bc5c090aa240a5f33d33ef467bd0dd8f0c49219c86f7562c69bcd08bfbe82e766eaf4485c68d953daa97cd954a2117fe66c87d0ce26ce806c64819ff7ae71cd9bf40fc9b7d4b1848b50751b840671bbf571d047ed13ca3f11ba4f6e2ca5ca9186457b84d470851edfc202d10bad052f44db3352a3200f5fa5766fcc6ac342bc8928d3158d8e3be06b4a5b93585561c588a8bc8e4a4badfe559f48b08ea39edc89f4342e1ab0d7bdfb07617f7bf1ee1bd51d874a9e30658d62437d1be0310239717a5074f800a9fb865950965437c97228eb03c3e7d01534d72d211926d71f78e3363c96f129ba34402431ae4f691c8c75a17bc5f76771354c54988527840edac6c517e5d7eb80344394576dadb78ce3aec24fbe3bcc8e366078079f755e766cbb3ed442ec107ae9fb41a5c259af79126b93adc6dae69e707680f48f76ac6124117bac4af3523a16358eb6610e0a87fcf4f57125ed5df0373949e860196e1e2bf78449ba1ff3172d35629897781394e43d50ef98b02290469e3ade472e254c1766b4b1e1d9e81eddd734cd2aea5ffecb3527a09b47973adf7459fd51c515e56652db440ba545e81217c5b29f5a083177b2ed17a6e62705d651fe2e90bd10e75534e7c26445ad6ace865509d7ee65b3614689fc2e2861dc82df67f3322c0f47eebbb633c8619893b97c8a13331c3a3f02173edc5642ee177e68cc0d78fbc9b5c01d6b0751c4dec3518f421bccb6583d5a14d1a9fa691079401120e751cefd4f1f2280979fc96a8568526f976e0189b9df814863c972d1544f91485d619e1c44b8f0379a6676632f7e2e9a4862aceb764443b2a97c0de31d44f4b226358338e0a2db1f91c0b93992ef4f9961659168d1051feb83531311b366f18bed4926db9f83b09206677376aca343b005929bbdbd36b50a008abf1c91e50d0ed8bd537ff5b63b43070512b8c8f9425a9ebf61023c3047ecbdd3d216e9e693e735e9d8b26617b63a80e53dd2bece396ca42fd94a71a844f246478230a660ca9edf74853c04531270833fc9b373d23a6cb0c76f0f6dd1c8cffe08a01df9a44d6679e9aa62f7109f3b1dcfe3fb0938fc305cdf13c4c01aaeb869d3626a805ab8f2bf2e96eabde3274ecb637356c90e4fac60507c473b669ffd2a52ef8aed6052de3c5d33b0c3a4de38c2a4ae140686b28f52d802368a33520ff9a5e63a4d243e2100817d6bb58239731beab80a7675bdd6528280cb1204b42ad6fcea39a91108b20367ab79cec47ce90d08e6ef3aae8f9e0024ebf81cfc8d83935103d2ac3723338f959b91511fb56fe1d4f0bee10003a87dd1b586c58bd1f66acf312e475e18278c702a64d3e5a5471603db05beda10e268c77eddf9598bbea9940866da300b3079afb0be63c01ba99ac9ef94f689ffe1ee6b7981c31b93086f905871ce99e7269d1ba4a0b4fdc5c7df15c28a99d0f55360a9ca69a04ca45063683225490a7e08c6c8680d568d6ee0263f2340de9f84e2a3b620de3d6533e51fdd52948d4b45b16f05af0b6a14ba1b770d2278f7d3a5c8b342a141c782128af3f7f741b6476ab12d84579750ecfe6ba3bd28c5be23c057ff2de578df404d19af13809eb9b4fa4aaf7476e297');
INSERT INTO public.records VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 3, 0, 'acknowledgement', '2026-06-09 08:00:32', 'U0OMAR', '2026-06-09', 'email', '\x01c8738dea0e860092e46ca880912dd47344146bc0b1e8a03d0f3a1e99b70458ed076743cf587a7223ecaf7d5fa3dc3c0ba73c477d62b51a3bdfade9bbe29017a594967c7dd4771143cac8dddd56c888bf6c206c113d50185487c21f2d1306cf038ed282ba72c0d2028dd6ed172b439ecce048131948fc91d0114fe0965f72e23cb51676b5b45b34f5851908f859a6cf35d9dddbc8c5940b2cebb17464357e7c4cce26d65ba95444e2f14b6062aea5c54421f49fcf1a69e23b3f7aa19ce22dc337dbcb1f6a8ac0ff6a93c0bdc7251917a89b7596784287765db4ed1d32c779f1f17666b2d72e680e72ffd36a8d256c31e1351fcef1ff1577c3e8f413c05e0d476f8c754613f9a33a468daddeda199013d6c02f81eafa9fa3ad7fc6105fb728d12780d97e0ddf0b8097a728ee260bf2d675eaeea46308e36543a89691f916c4fcadef406ab24a6aa14273e9ec1e3fb06c48ab0f8cc8d9b7bb0f79d527cb8a0ac823c4fcd89d3a7d7a573997df26bcf4dc26b051cbd7afe90d8a0e22a65e7bde3cd68b6a0d433bb7c36f3ed672217e332f2582c9e1e854f48a41cdf0b990e57102adbd296476c619c60e057f0bfec29d1e9a6dd95d657e83e9ad24c81e4c2903295871f955c2f16e300628836a839167ddb10976d4d5ccd581fbe5144e252f6c66959cdad8a7d340d0299c891b995054127af554d5e7f823e362ffe306919ee393c3c624ba551c048f3f4de7b7138cf11483d8078a20ea13fcce8e009425344c5d027afa4e32890f493224f508fe209313add4ea29b1011070bdd869b85a97b1348e61cd679748f3497eb642bc2db0babb54d7423ba3f85dafdaf1a93b04b354d7973fa1f8872b9eef71e60e47f3daae07e233101672bab7e8962bba2a57b5e76961fc2da22998283ec8506aef8067a619cec54f59916660e0822ebccc34ade012db11857466310e65ecc2d8aa0c37c6047016d7eaad3aa4d5e65e0553763fc191eff13622de32fd172da90ae87e0005192ec3334fdeb135e87f586cf7afaa738bfb418f67cd1824b06df4c9f242d2278027fff82217ab2349dd93c084a5832e30eca3f145f7835f2f459f8eb569588900c9f01f156fc23e0f5fd98a8ed1075d34487f0cdba038024058f9900957fe75ef1f2dc4836305474ab5548adb2c7600b84952402b120fe8f318235f08e6f3464555d2f36e7bef9f5ff2bacf1fd30d92ce0b49e467c75ba87db867b081f3a95e2f634251c95cf89828940eb7b3015e907e4c28c2db6f18ed67b73f68708ef61c927b9a5cd6be0006b4881228456aa4bef6ef27e2ec9261141dd2b5ea7b18875d7a05be92edc30bd9d801ff74aff101766ceff45f2207072c3fe17f9c34057574ac6e64566bc6eb13d3b19a7a1b246f6874e4e9f9ba8561382e342ffb0f3521eb279048fcd735b71fbee3bd8eb9bcb469df274e055397a8c159d82fba2de7190e127796cc887018ab2d2b52a5f7025cb8c52349c03b0435a99a85cd35f94894c54cdf3c1a9e2c353fb02b770f7a1d8dbcc83fb6f8e5b8009e01634220c8df7f648d4c9b156e781ad903fbafba1dea756f17970d329c525073e702f8c6908c6c0a7c69a48ec02dbe576da587880023de3e0bc471a8652cb93edf46bf2dbb35ddc55cb325a7f79d6816bcb9f0bdfd61b41e975227b0f58b321b0e5c1a985495d4c0d3d34566c0b02044c31a1ec9ddcd8dc37369ae02b3d365fc46a04622dc60fbf4795ed4178750ecd78e7a1dce0f617b80fb91f39843403ce6c4c27a974ed543f3f9de1030ec8d537248c94494b1df6afa4143931160fb01f42b2b7ef0d68728e3ba75dfa158b12b2593a0504fb8ff789db7a1ca93d9fd0ac35d663b4eb40634253ffa9cc634bec1a4fa926ef204c88a7f1643e367f72cfcfb34450fab31ade9325835684d4cdb7f2e42995a0e42dce8bf19c5a73c5e63ecd3b9a29574d9e6eca4932f7bcba5fb264ca0fc2a6a91da2a8bff41c4d224adbc5bc735181c41b33ab23885dd54e20e71bc3dd7c0843a0ac4ffad6f0849007fefecb235e73347a56ed5a133d81c463c04df5899803f9ec0fc13dcc8fc6115e5fb8dff9077b0951493b5355a6b91267847d13693a093648659234e077866162fd60eccef191d08bc4b4fb7f4b3d22db2a86e67b2f5e8ac8427ec470e16f65803e5b7528410db2698c9ac527c7eb2d3d68a1cf71b3f6f9d300c0a90fe1f79d756b2e1ed38ac2f0cf7d51b8f310f008d0c2733288abf7f12ce53e8d526b4a6e5310e3cc29b18cfc18458cb01ff99f7158d008c34e3ebe0b8d0f187007edc426c858048f332762dcb54d6bf83e72858241ab1df726057f2a5f5056bd634136827263b24147ff37f7fcc1b61c924c50511f651e5b8f2d7');
INSERT INTO public.records VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 3, 0, 'acknowledgement', '2026-06-09 08:00:34', 'U0LOTTE', '2026-06-09', 'email', '\x013f1414fc30e2fb0400c7200488370748f811bcfe66ababacf96874c26708c70009d7cd594993ca589d9bc8f129c5039b08790f0dd94d7c6a4ebd7d5b8cf117f3ca40729b3bd83d46cf010a5b92a812897f41f690e4b6e850e4405199d5f4a7e883b6cb7e519906deec6ca7bb241bef6879490ebe39e0cbdf29d39b5a026e298fcfa6b7aac2de9613830afe234127ed82e36048b3182bd47aceec2dfe69288d214c2f5bc268a7ac8ffa500d0cc6dc149fb455864044e926f9bfdbd29c4172ac5a67716c9a31c08ce261ee19c42173791994f37d50486510d478cdaed177d2a0fe31dfd1a693d4ece0f6c48ab385e22e3f4b9c0e2f4817cbf770c0cc0a346d2d81f8c5f8969474fb0caf4de183d8d67f493ab83838d1d126ac2ea118427af7b7945eae57cd28d6720a82647e56e635cf9c88da89d795fd176c0a3dc0761668807b71123a69c59cc1ae09e75a9dfc62a3f1fbaf3398cf4e0895ec97d25b142a72072f3de1f8da942865152284969828a3691798fbe1dc56ce974ef7da9b0399e155746d046293d2633c49dd092f5efb14383e38e9bbe7c43997fef43309eea6c66ffeb6469c2772dd42cbf02f092236989087df3def01c076ef83dc32595daaa84cf1bf3b3103913329240ddde633fc0bb1dfb6a473d7daf6b77a53ada6ec8312d3dee08da3963797ad2ad2d77d05c549d61ce181622d5fab2e4c3f00e90c9cdb5d513684d95c68a036d3456c4cc944cbb439745161290f6780a93800301db0fc6265a5a99ed3f56add912c26d5e5459f10ea4d49c31565a95e9bd14f023b827ff31d17d5a3b68e02c4e8126dad65ba6690971a3a1bf1b549b8e17110e955962042cb8c92ba2a8ba2113f9b9552cd8feccdcd56166a31aeb15a4020acd31bbe03f602af41b1a659ded52d0d8e848fe42e355b70a66c94455946372fb51308d00f411aaf4ced9668962c3137e09b760c4fc7dc92862277ee1b5d7ba8882d75fb73eac8a02950a5a8b5c931226e9d607b6040f3f73310e1b2a3c7de9026370d7ca143259863cb469789dbefa2b887d26e7bac659358bc490247f970e01207863158a16717c71f1f1aa238d7bdaea5c09dea83c9bb89fb9b42bfa97a99d9c3f308c0f6b69c101350cafc0a53321082efc929b8f531ee3057f0a98e4ca16d3e84e2876ad50ebd176b40000449e282e244151646631e63d76969843d576627ecc2b67c00c7af8c0f67e3b1459c4bd52f4c70964c3bddcc0209d0b99fda70f4aa1c45d6e7363a2195dca728af022b955174f9b51cb235c309b836cdcebf9d043fd3aad901a60008f8044b8c7e78f4016bf5d810db86d289a37e2e999aa8c270578e35ad062b4f3f464e9b2d3c8c6c221adc5b4fa518abfe499fb2a92d23c631a10eabecb96b7d4c51ff05a10a5168b8e58734c93330a9d316878d67118aa708ee5f67851468be69df723905f667b98753150f6ca6db2cecb0aae8a8d68b2059a148c829a5647c0cd6bfe3e7c762100b05870c9f5abb5713fa1ef8740a2a9cf29c94858c4dedd814718264b18594ebc97abc67b6602ab6ae934808b2c2b32239eeb60c805d3d8cc0b7bc6282a2ff6215f9a2e113d1d5346471ce48a2744c337607577e525aae6ea151193e86059861fba346ef3654e79950f4095fe4049d422b8ae5303cdff20f8d07e08ccbcc4333fefecb8800e41505eff3951b1034718bec7ddef0103fef33d499df7f9d2204bf8718ce6ca7221067a3b628ea5b2cbe7f693dd0f88c12d401519b707c451ed89d868f0eda971aff4d52ea23e9c394cd04afbbb5565fe8b2ab49f0c4d2549eae8be7f82e7a82435a86e05a4eb8d0fb6e8baa777653dbc205c7305eb7002ceb02d197364528b60fa921e7dd7621dd3b9f8b5e3f1b3069cc14ec29062f8bfa49a84d285405aea413b78cc91ffea3d6bc338a0dfc4f2c4affbc4ea37cae459164254e33d6a109b33fd2f43ef9a00ac381b8adf81ad1755646bed5dd0f9ed6e132d8cf1bb9b4c9abd9c072a29e0eb10b3f4fd539e9668a9a70c766ccdb225de5e3144374ccacf37ab6965811c234dbc64c0547a0c30968986e211d15fe6a7e909b1dc731eb0242ed270a8d14a667bb483e3fdb37e907675b20c80351ef6ef28e6c5b480a5dce0519de335005efb7f1281e35d5bd5e4447936dc2f4abbcab1357ae67a1f6bed8001aceaabad56c5dc5673a872665e1703c6d6135e52ee300a4f0c84768121b9e0ce14c128c8f29965eb97a091b32f5e42bbec6108edee333ef5f021df04a751901c834a616bdb210fbc5c843bffa140607b732db1afa04eff66fce5bbe2f2aa990ce39ea94d70775d2cb4cf9da29558ef27f1672b9ddcbbc99f1e278a0e55349ffd8a20aa8faac3fcb89faba2b67');
INSERT INTO public.records VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 3, 0, 'acknowledgement', '2026-06-09 08:00:35', 'U0OMAR', '2026-06-09', 'email', '\x01ace01ac0013c002d2126bd038cd0702c7d3c25a3a5b392d98030160bcad7df2a50c87b487c280e072ccbaa7b7aa18cd0797106b49553c38fa467bb48b1fbea5c85590f19cdff9fd559b5b565f530674c80779108eac97a2855184178e764d70c22dd328f02f4b1170a6dc3edeabd42c536f0b62cce5d6bd95f9d3cf203fac2051eab011a5ebb92eba37c85ac264bf251274f0676f2d6d97f800200468df74349c8bcb57a42270c4a8d77674d8a0b06220d06eee46380fb2bcce66ae75a2727f9376dd88f4cfc26d08a1cd89c29222b1d0081997edf27d945ecb16074469e9a857978fe1012897ce7e565086398fb4ed5c74c01a2c54ba391078ad6b65635074540bac3edddd07ab066c1d25abdb4c137af4416b2610fcf80da16832b24e56bc8c4aaa3b8aef6fd86e57b394ad4c18200734ae0fc1f4f4ff5a5d8b2992e2052b11bf959762f1d4e5f9eb389f37b0feb406e77ff4bfbc5ac6e61cdb8f6ceeaca1cd0dc8e7dd95cfa9ce0e32bff9534dd7592ab749d335c08ac48b330d7cb8d9a60ad28f0833ed3b654071101d2be16d98b3e57c16d7106be6b7077408bd445a47d907e848d5125521c9ba994c6e7665730351fb6eaecae2db90ebde9bd0f7f39c24e5d3b9d1fd88dd29c4e7790222fc9786894731f5fe880a8113390e518c896ec8ccb2a426a1ace09464f815cd794091557a952803476d6a93aafa2a9a519d2b86e2d379b38b22c361de6209bc7161cd208ee0959068411ea9dfd3bff0cc2cad75ccd699758443ba0765444ed6c0d6496544c17c832a4d9f742133b3cb43aa568f1e5460b97193f0e43435fc3cc99924c96945bd307f18544ed67ceafd44996280e07ff849efa0c3ee266118558931b58ce86a346fdf4b37731a8cd5c5c1c16c374cbafee53a1da4da8784ca61f0cbdd5c058e502cbbd5627e6495c2f786eaf88b5b3ad45ad4bc5161bd679c7552bbab9bd280e4e3d2ae957779b8eb97b7d4129ef698cdc651907a59a840e0849aca67fcd263fca3330dec806f28abe83116ed65765945a034f7e2f8b04aa7a7c8fbd3051a5e87e9dbde8509b4fe7367d37efd504c26e30c4afabfd90ffc3aa69ce2f258de46482749069eace317660981e7c45c9175c24316592a658c4afc98bb50096a131520caec742ba57ad4854d2106d35f853f946fc2ebe4016688f9caa87f6089eee23348e2d31adeb06fd8e9fffa9a1c03eaecfe2e702c70044bfc15ae904ab18362e547d7346c3c0083dacd070836b692bc0652bf41e7cf7ae97a138745a6b7b338c6c97bc46470f7ea2f1759c92dce7501d77c1ccdcfb5c30d53d6a898e9401b739b636cf387371963d1f81f2989138c415995e882cccddce67d268080f54e6800dd0b77115554dfd0341d61707e12d5468a27fd9445742ac67cbb267eaa8194e8bcc27429bfa674c4ded204e3c79158dbf84316580271f42eacdeb9847836f2cf5578235b5ad21b832f0be1b776a5c6e24920a9b9a494abebe3e0ef99c4c030b4755f5ba7b26c2a3e832fa37d90eb35ca0b6fad2956bbea8b74cb87ae21e195fc242ca88841026c93236dec62471a565c8c76e43d33f0397f6bfb9ea12b03779ab8b2069b502fc209d0d11266d0d134f01886c8605222b21eef498c6654f39ba8f11143e8f7663d7361fb30ffc3f72858dc944b8789c3ac69d502f2bed570134fcb1c77b0e77de6b9e23ca67c902e47d86a4145c6456b8cf9e3abc23611015df6e89d9d81b315efe9bff07f9ce08933047ddf2d519570af7e7cf0b703abe3333b84e572784d88661262fd15bf9003c008462219012c01a63f6489a651b53a74dd21c32244be4502a6fe17e3d2eaa04db6fe3572e09c75b93e7bac5f19ca83bf59f24260292344ed9c020767da157a98b02707d4f1dedf5ea8c8435b525eb676f239c848fe3875cd203a96e90ce48883aadc1086fd119429f5a918c5969104cb4b69cd912ec8b6d7e168778ad5d9f85a28fb6e79046152c8bb91fcb7ea063ad53065ee271b735e2d6964d448b06e4abd7aef5a25f1f2ea6ff28aa52901cfaf472940ac879ecc2df5c5793683aba9ce6a5f1a52a95f42e0cdd079921691dd118357c4f0b4313b47dae90a8a80c2a868efafc9b382840a5e028d0bc3338346b6a7e4fa7e4ea6cde59488c671856e84e187c70bc30f63747c72eebf2146913a009d2eb489c204d2e828e86ec9470b0003207aa255ca38244f78b1ce3dd7fc7741ec595dfb77b3a6302b061f22f4656a60dda731a10f0708d7140ab79a338fce239aebc99c1eb6a32407778f02974c6496913c76041984d187c2d60ce07339ac641eb8d94c846ae5587486659374d41a6bd16c52c62292b490f699abdd895005ec1d579e6a04b3436');
INSERT INTO public.records VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 3, 0, 'acknowledgement', '2026-06-09 08:00:32', 'U0OMAR', '2026-06-09', 'email', '\x0109b8a6d340998fa1b0c37d81da30e9975a40114f17ca31fad6c4f232ccb5e5f0e480e157f63b8dc69a2a42b0efd58fc7cee3937e9e8ac9c1293de7c0d25ec8378ea6d54bd3bcf5a9032075fa894b0bdfa621bb4e9f29308d34101c12a1069e376fa7f2afac5da5fe99a60175cd6ccbc2b3c349a36fb0fcbb587d8cdaff4b82a02a59a45c4443cab9569527ccd7358b22337b36e2bc816007eaaeaab1c7e0856b951e9da95bce0de759fc8f94e9bdc8a789a6918ecf9ea060ace8321fa80d7ecd6b2047b1e4e171128b473e542e8ffee0816ca69b19fa85f77e9ad2a7de8699494cbdb0d0b0ef7f5dac9a60aeeb91106ee22aec54d69123f48cb2c49df43d88e6a812a18da99e159f9decb89d6f2aab55c9c41c8d60ddefb5b8b6528e58e5200d2d00946c6b49a50308547375f820770292dd3b33ceb4de299fb4c75437b086abcfdd74bf3b119a0b6f2f59798b2a0ea1794330bd4d101b23f34d04fe05d3a5164166a12db0f9b95c8101a86c9f51ad86b96c98f479d370c4b4c2ffa74debbc1f3bd3522b43c989ef382487aa8a7b4fc9098c0830c7476c530995d103f2ef7555556561ff4467d295a41978342fab658bac188ca9996c6f06ddcef2053229190356939c27b3da1ab51cd66ca5edeff1119b89a97aeda1826a613e8e129956eb86199e2506ef6908395cdbb71ef5f817d3ae62ae5d11853e589f88da671d34a906d95183b627637c594caf697fe0cb7b7bc505894599b7dd4023cb59237120420d7f164d3e16421ea209804dd4bd34c3e12d389bd1804d0c15176ba12100743cc1d15cb5330035949de590f69b72020a62ce91d9c8212c2c4c20a736805b688b6c0611512a7fa07bf7ad49609de59818ab40e46b2023d8c5bacfd7182de105f13e45340625e3a528ffe7335fc0dd74ac9fa848bf476c25859b7cd90558fcd08d2b0591a08d7c0074a39b28b5b2395a875bba4b5ec9d00650d45e79384dfcf91d1f7486b3ba3e82801f5b89c943bb68e1682efdbc48b4a694fb28b3fd2da1df290936e3fb6ff80467d3c0062e613949170ed232664bea7f0e0506b2624d9c9fa5a17526eeb1c0b6e7a9405fbfb1cc294189eaf483b9add959ecee615b6a94c31b351218ac6046184c3dfb5468eee32b2280abbcc7adf7f442a6d051f1231d33dcdadec4f75956e7d610fe93f1e8466e428b299f5310e8025d3a951637adb1b62a87c39596ff804755cae77197c8d605c2e5d84d57a14c203c5a8e6b2713cb95d24e5e471a0b67065b1cb74c01253a970b9b87598abb2795748ee4d3afe31bf72e9f6a58d4643f1dcbf83030b2506e8c43eebe11ae6417f590f08039b58e13d07a7a589589615b973195b9161333c536f98d7b5fb4e9ccf71e4295dacd0b30608a8ce508c0dfd953bdd08e42a674f78fdbe97516c6a06b6ea9e2fe0e9f3be0473f3297f8d6d02da843ae7928330395f6dc35c03309b71903908788cb15fe54acd6ba38a852c89145399c2aab66a68323b502c3e0ff03585bdd3b4f269ff33ffe26ac2185767b561fafcbfd1db8012530ca0dc82e8c996cb84796eca89137a0af6d92783685471df033b2296b06eee6f461851a3432025141aa19d1bb917cc41eaf4f57e32df5457cb3106b1cc0c305c553623f378d99fa934fbe14d0a53cc14c357d5b7473a4bddc9195861e391fd230ca5d21425c10d4a35365bfc81d725eb2282055c8124bcd7e38123fd5f62d1879bd39a9410e8dde982f2edb63744ae2160bda5830760d1965858040278f3d0e484dd0bff2264dc299ba879c535996f3412106074201822da491ad947d7e438373660121fd6ab0f067747b80869a1938d6aa75faf6948ca1742a061a0eadb201940dd8c3b0ac76b315a8102327573b67111658b0fecfb87ae47b9f77f1c5741e051ea7d4c2f93a20007cb90a2b72f9a1d31bf2c94fe015c13d2709ed3f8bfbb5599e6fa3b72ba3206d582ff671747deb5fa27039953a3df87623640ef7fb62930a189a3e20d3390bec0c99d498e1cbe01cc8b5a2f813c9c051197671d30ca2f3ef5adb8a7ad4f8d0cdc9de040544ea5e353700a1e6afceafdfe3ac601077ec94320ea73b238acaeba03528330ae5ccd9361339094611d7bd59f62901ba01387bf87d8e22f0c62bd132c7d6ab3bd5386adfd0844b5e2ddc71c6fff8eea743fdb286bce37d20d2c480ccda8efc48ad74ddc4be87b6049d42acd620ab1e68aed865bc317ae91449fdeb5a70e6143acdeb7a49d0c9701a4b6e75e66754a53af98ed9b3c1008ae2a7dc4138382e6a53ea82809f6327366190bde4780014fb2cbec4');
INSERT INTO public.records VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 3, 0, 'acknowledgement', '2026-06-09 08:00:33', 'U0OMAR', '2026-06-09', 'email', '\x01bf1172028a5514f12abdde3c53453124418bf6182c26db701ce6a2e745f16e3fa387105a0f3982a53badc65796c1ae049c64089f98a620bb78fc248da81a3c42c105c96b044a7fec108422615ff7a84f40ae9caa5f6ec0361bc9b3b6ab99ff04eb7409b4636c4da2ad2e5cef09bc2fd795b38a1a4352cdedd9ec3f7354d62fdd91a10e47f11b17e5dd0d307bc52c00161b825c01f2f13cb045ee8ab0e9f978cd00a233bb2708c8c5a923060c4e3b2ba3018bbf7663700f3bb2be1d4814398af995c5159fc112e57b70fe166af2a3ca183f80e1a20259e1372600b506856bc1e135121a6d3dda84627a8c2d463e9042525048cf5f061e1f41c9ab0621b22cdacd1d676338bb5e61df6b0b6bd2be2dc026a45a5ebab63b2499984c22951a510ecf50bbfe46653197056eb38df4538bef9ff7eef93056a3107d0c35a1c224bffb7fc1d1d49df0479f813c4885391210c3534cc7f00b869bbb4b0a8012a9faa7cedb3833608d45e6b44f6d41d4cb91a4f444a0f0204514a1deaa23ed8eea0358d0958b801dc05eb4c09f2664dbbbba00241c4101309e42cf6eda5c5312596c30494e5ef2c1ebdd56a0f4de8c58b20ced3541199cb87c9991c273d98f3d4e6132b4e838975a42a1a97cdbcd3794e09e0c0b22a2f661002e65c6ccdfb4749aee0b9b3c1df042e14af5ba83a5c49199e4312381d578cd4842d5f23ef5924a81a6ef959ac71151342d8d8e4ac602307b7472d28217e4da9f472847d41003aa9cee8058f07b852ff842b128d30dcfd7e628484bd76aeff3127f272c3d4df492371d3ac99a6a2b7fd8a61c42040cc1a15f71520e4ac8913b6f43d12af17c184fb1fd46169a7f0817f20905569d7ec3e55f69b8a9d97fc91a5aa24aedee1e6f08caea363d5cabfbc6cb7fd9ca5c3f6ad2ab7e8cd25682ba4619ed46463b40180852620f0ba4c6a6245abe26a89da2762ac3002660ad8606be4347cdb994862be3a376dbc63097f5326a513a03f1639039e46b88b52a34fe4d37fce59d7b15986555c7e3fd7fbabfc0142f3e56e520a22b06b8027255639af8de26e2321989fcc2950420d927675f05ad8761f46b3e9a87a45c2bb6b149da8329a022890c253760c5c8f6df617b5f7d6c7bc7c1fc2a1d94333b719a4ef738b6cc95d23eb5dd299bcc42a24be1fc3440be1ef8d286f88b8313843b720fcf7c1bfd00c50bc413dc53942653d5c7c375ff0fd5ba7485df7b2e36bdb37ba3b3cde9582fe276f240b1d0951b6cc04dbac66591c52872ea96cbe56d87b214d28aa3adf94179424a2e7a5a5ff82e3b80c82fd12fbb653134f53489e0813fc4f453f2b9a044fb8be0684ba20a52ecedb75f41e703f84d38334d96ae58c333afae042c81051eba073ab02f429991df243006e3eac45f7d8b93f5b60d0503da39dec7b510d3c13321dfae9dd83361e7556848012f5d2098a9bf3a25fdb5e55b106c709bc4e9d248fcaa124a6f6e3cdc9d9d6be6f360a5c695188fa10f069157752a0e2d24b0e7ea3c8850a3d1303668f714414bdf60e3bb1919a4bbfd949c97b9c3a040708e938f1c9711e039f04046d50d890f0448423acd732e51ad8d5c77d9e2b0dfc49a5d508e6ba5ad0bb5f69b13d3ae36747fc96b787b1402866b3c64bfcb1eff18a837556bb9ad366e87e30f205bc2a47d660f3621d2aa661fa34424a0870e704c646ca59e7f0b1ae4fcb0dc615934b505611aae6bc69bb801ef936cfe0a0db741b7f5b1c0c936e11006f66503449539fbf170c4b47c174e0a25b6b1a64fe9d2ac233a7121c39cb42e9066040854049d14d15bb980b3c978dfadf460481e1d32e66d8f1b2e80d61a0ec5ba6adae609189cb6f4abc169a646d29375644e6098e779c25c7f93294f2debd0041453f160c79acff5df308fcd6b6cb1ab9b86acc59e91f994492ad2e6124bb62fbd046a2e4049a5c5b42cbcb5a5b26aeb1a5e6b9af6a91b28e61335a029420a530b510a30c1285baea983054f2b9123a6a2146e079df4c18b2cc43ec59c22689b1b7b8003e2f97158c763184ba2cb27d524a931a548fc0a42486413ad756058d026f941074d643f4392ddcc10c237fd3daeb8dbaf2dcee1a9eeae592593fe643957ee4f2d62bb3cf9d9040d2dd4fe2c3ced6a0cce2ac09d47f17977f52fc85d22bab8c6a5e2ef73009125ce6f6cb3309311e47c1c27c5125c17440dda7b4e0db31f6686747decaa306995b24d0d929d53a332c79c9a76faa775d626489391a359e18074e3b3a841483045f6c5072250498e46d198bf8917d279e4552c8d5ed312c8bea310c65438aeb167fa899566f29afbb0295036af818d3f68e45aad612d9690be1e241b5bdc6b3bec8890fbbcfae2d0dc307edaf19df02b47e263');
INSERT INTO public.records VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 3, 0, 'acknowledgement', '2026-06-09 08:00:36', 'U0OMAR', '2026-06-09', 'email', '\x01cbc1cf6c5a08f0b4f1d813c36859f8279998b19ae9b28e4ff25d43d106235132a093c94bf283c7684218594f24b7c144d35e7d3dba94e893b1f3b53610137465b1b3ff0192d012e99d74c430962f6e5ab45c702505a7a321ef2fc7256753e841626863048cef2427fa01527a9703eac5723a1ef8fdc790a3d25f9f33275361578c11373851978f3c64cbbf553e464e25f6ca68661fd24cf099d7993094b5b09787136a2fa6ea98f0b86e263cf7735a64a45d7d05f247acedd139456c4aa8333ea6269b09f45e80d580a38f1073dbba48dd2c88853a082605fecfce0af728d425f1dc88d5ed6dfc17963adaff044daa3ecee7a439b6f9c678fbebd7d7af7326d75b9174749d7b9875c040627617a97d44644b68a5b2379bc4b8e561c9f92fcd4c0dc229f7dba69af17c4ad5a74af0fe1a23206d49a9cd328e81172a90ecd965ab3fa1e9f77248f948766cd292cc11840371417c3d00c0ce0139893034b217275e1b8b9bc4584ba4dc976c4f46ae23d3cb1eae589697f759e9568d51770e4bcaaced6213803189a662ecde9811188b7e91506be6623e82ca906c4f719f5080660cef5bfce06792d65cba71b199fa0a4962230f534b20de9c3964b6ac0601561a13709aa68f824f01227af032ec5491228ea12c3928c3d91236626b5d3517b4741d4f160dcb8a867957beca53959f9ed74540faa34ba04512bedf0bb2712f2a7747950dc8577d643d952ed012daebdd433302da23c3b88e903d7b5ba82d70e562ba278d3615f774bfb59cbf4c3cd7a2906cfd2f8b4e61f3d4fe07b6f8204ee9a0d272283f528c46dde9c49598f1d6db679eb49e15fc49d5e1a8a3e1759c2fae8a03b2f89651be29f0a5a01567fb802b20da311047eb7eefe7b3b159f69940f44e03228000dc24bb0439e40b4501ee70822107a365a17a14f8d5b4989fefefcb2a9d7facf59db6aa75b150172325b85dc8b84cd30b3e0e859892b2944137eba837bbb650d76d70ed93be0823f37a945bc5a734d65ea9e1d926ae9f18b68f3acff81172567626e81df506c41308fed723bd186aaa19f131b3ca6c937054ee7e62e44a8bf6f5796f6583c707ac7338893b4aa4b9242e6870d8a4345f0fed0e382392556529630f7d876af826a9139ec0247c4ad80b3d3b924dce4403003edeb8f160ead1405bc9f01bf5f5e525db05569f0fb09d1bab7301ac50c7584e8ed253cfb92416332e36d71a09a6a6af2bbf0c7b6fd125cfe0c531a506014ed95ca0cf76d13fb9f6618aae5c331c921e21e5dbfae440ae8b0b6216e91eb59033eaf9bea907a3b1177d5cc3125a0d08234502e7ea646d1db538d9586a534c6a744bd01fe9417bd4196e7a84e8ebfa0a1fc05553814c569cd90838a35ec67177f18085e527a861178094b2d9eb945399568b87639df333935b5ff4ff255f563b6d02f714342ef155f16918a3b6b3d66792ad4884fe000830eec3ab658692bf5504bdfc0f82b040348f955279f5dfde2b2dae4cde632a34dc78f1e56c4ab5128ee2cbd5bfa685b81f3029761917846a56b6170ffc19e3c42654c4fa92ce1e17bb040d15b71e619888ab41c7c7855019df1b52f8794d8c656b5499776fad4ef839e221e9c0184d64f51861fe20984c778c42dcb08f41ea1fc099d615af6db96a0eb416b2d5ca7ba71da4da4e89b811c1ad1b4421dac67acc07c0126673a713bbf87428bfee1394422a9ddc58543d5ac23cfe1172646edf4a772b8ae91a0c41c663cb92c24119286fc39482f4def5e3b8c933248d99479d7a04a05ae78509b54abaa7c48508bbaf3a5e39858311cc84b56b88370e6bbcce2988f89d1cf95e3e66575c0f3825b37b4d04520827d5f05f8657a1ba73f98ee33100cf8ee2b794a4301e244e7fde0d1d2f17e66e85e47f97992e5aeddcea2c30c3445dc1e2c0deaa7d87a8bd5e9e5c9a0c916d06f91880a06d369bceb361852ef698730d49041baf2625820b413dcd8eb6d072402fe17c13776650896e8a3be650cb4516061afcd32ecad215aaf9dbc02b38539d04daacb89e20fa3ff4957d7e2f9b6adf4dba85fc28ff8e324b8e0a543a53bc65a2bf6acda0f71ef797e5e8211235cc693d33db1471ab4690f346bb2366bac5f3a0d60d6829852cd1988dea1ed0989ba2225b90ada953cd5b81b60f1b6d278d35b48ce35b85ee96647233ddafdd0cc6b17b9fcd308f93e1dadc51ba6bc76e3fa37e0cfe948a8451c180801441ec56f29e8a70e06058f5d0c56c492e47f4ea9c4eaa8983958bf5f376f18ad06cad728258e4bc877745f891dbc2ea8a4d6cd5921068d58fdd1201d78737b072f6c4c2c2e9bc86cc66bab2de7bda22f63edd780182add03fc487614b482f1e256bd285f97ae8c9aa0594');
INSERT INTO public.records VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 5, 0, 'confirmation', '2026-06-09 08:00:38', 'U0OMAR', '2026-06-09', 'email', '\x01ead9161c43445a07b8405bb0695130cb380c56a66eff4003a92a31078a6b467a09e8833608662c6f22dab7e095aa7d336729569df17fe5218bb8cef7fdd4b7d56fdd497c2688f66b25943f5537b001b1205c7e97442edb57ce04a294ca61080cae3f89675389104a6fac060b2f2ae0ab059da7fef3a8c67af7dfc04f18cda657d0d85e7843f81d7a4580ac61d040f58fd9d254f43edaee00060bbc5daacb3d92b64b1fdf39d02514e59c290361fb96beb2bbeff1021e67caa0c4264473a7a1ec512a1922665dd769ae5156799ec3ddf1d16575c313e3039ef1e4febb5af604cb871a04a404d85840d309c4031d7e30ceef95a1136e9fcf08882b79f369f51a1b54eec56d541fe1faeb3e17caf821fa801e9d6ae02486ff6fdf3862dc05faaa85e5ec5a9474ddc1aaf7501c17abd1180cdc47659512e688f67c06451ae01dac8b0778d8a49966999b6dbf9a8f898a171c38130ff58ca92f23c18ba573f0c468db6eaa8da11924a0f2442c894ca2b669fed3d70c707bbf81a2661786a11b32183d1bdbeea3b1af154634ed7a61ed42928654c430ea9aab586f12b8e73f548400f609d99b5ddf10bdff53cc6bfa500dd92a9eb6b794bdf051910b5a24252e2e1bda50e5f3d5661f667a7f8143f7f639cc221ecf561fd64e9039ceb1f5e6199b5693477bf588e5624006f51e81958f610099a0cc1b12125b9f6b2ceace53a2097e03ff23d68bc1de280869e17cb1b4b63a2f1606bc6f5ffc52b627ccd413c1ab234a356850fc37a2a95667d61d047df99b3974d48310c15ac5cef0e67a635e2914c57fcb8b0c6e2f6764162123c1ea700d194ff699b74f518a8dce3642127dd4e6eedcf4ec71135850829323d9aeb86ea140c9a2a54aac98b47653ffe638ba489acb1d470775a1ccc01292b12b86333f077e74f3cfce0ca63ab53010b6add8a61743bb70b0d2f2a06aeb9ab84137af08734be7603716ab2ca19d1be29f6fc9e4378ef6ea512045bc2828dcd95cf788ad9044f8bfbdfb045aae1a423995182f9f3e2ccc0f7823220218b23b54f39c35daa09bf7aec802539f2cd66da1c869e7a75882792882c55de28f918c219a0505c0ca81ce21cc48285ecb4f1793ea1dd79d30a030fa6f2ff4717a8b3386eaf9148cef7d4cc57d526f73f439bd315b25b8a4a8e56990d07903b25853bbd265182a03d2bb294bbefc0c568b0497cefd0344822320221e02467883980313c74c9d55446bf49220f2dff35879a3ce354283953889736739693d96b3317992414434afa4680fb2899a6aa8c4c86621de0b710a7e6a');
INSERT INTO public.records VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 5, 0, 'confirmation', '2026-06-09 08:00:40', 'U0OMAR', '2026-06-09', 'email', '\x018d338034764f3a68cd97e7e54f0b87b394a565cefaecc6d46395b6284978a0fc20b0a4d4ff286854a10a5de8d75747c16321e421acd68decc91ef6b9193c28ec8843f57f52e23821355903a810908b4f9f92c2304950d3566e2b5ef62c81a28e89d8ae4532fcaa0e075d300358630fb528310fed7b267a2c6ce117654e9ecdee92270fb0bb952650246a567be45b301329065bc6289d78349922d11f2bf4e9b12e0dc1ef33146f13b73880b6727c6b3fe3cdae248bd3959caa606eae819090e54a60a42bee6d8018aafb87242c4a1a1df97cf44728fbb69e0c805f3b191425ed3c433d92c13b31c1a4dd89ce99b3d80fe1330fe43758505f08f92fae98a894352ae8e3de29bae248c5f451f292836e0ed369b49addad5d10ae2fda50d00b41b3610fb4965476d9c44343eec0e108199ca1519a95c2a5df38720dab181e63578b1c85b5bc181542cf4a8459e58ead6e59d7942d47721c4ef619003d59e89f2e172e546a94844331d7ebe5156e506329c3a9bb2280b6b35a75efdfcd0a8ee43621504bc81dff9b81f4215a69936f525265634168d2c6347f8f7914a8dbcc680f9179cc5fddef68bb9292a817d48201341ba80ef5e3f218333d92621178ca99f6c4a71767d2bec9a17f7105fd61c7ea6065eac1b0778b146f8d4d1b9fa7f2774d13219575f74b80cf357df43d1f369897addf52de9e58180eefc15b653e9b9f0e7d6d6aaf97a478d94604c7df64571bc51d358b71a27d3ac82c78206b9dcfb6dc3daa121833edd57a5f8cefc4898312c7a290116cb29b0001372faeffbe01ddd3311146fd1b1142eb4c9f94ccf9f54b47a11508198ee24ccce511cf213f60bbbb925fca7205ecec97e246c91c9208920085f349ba9e43b794732b79092d0ed16c05d43a910201b6122c3ee7012ebd6dd182bc7240eee6cd4763aef0ed651c58396c450a5afc27594f83204d66fd3f3e5830fc38034065a5280fc17540875259f05920d7f12eaf5115c519e0dbedefef0c6dc057dd18c4038d92862554b6c5768b7716bbfbe028102bb2138a55cd4c8104e1f000459e38aeffa662148c13fb5ba6ac554a7ecdc16b98f6ccf204a5f7c011a0be36cc5ff1d53bafc8d544fbd2a46b9d5f493f0b9f1a24a9162289e19e41397610d4bcf577f16daee62bec88b121e2aa2772693e738519a7591ecd974193139731dae3cfd9b3567c2dc1961cca5ee67b0c0425395840b6163e3fd8bbae510e4900ec204b78a7172d89cfcd05b88897c994f5283e51394eb27d1c3b7f9e0e3f5679df3c1cc35db8960519d888e3');
INSERT INTO public.records VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 6, 0, 'dispute', '2026-06-09 08:00:40', 'U0OMAR', '2026-06-09', '', '\x015c10d2eea6dab5a5594deb2fb1fdbe74ff33b7b131ad9548ca4c04b7fb69b98bc33865fbe00f8219c98f9be187adacc0cc2217696762dec4e4a7c49b0d255613b5fb');
INSERT INTO public.records VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 4, 0, 'decision', '2026-06-17 08:00:42', 'U0OMAR', '2026-06-17', 'not_possible', '\x010e4ed974251ddc0e0e0c894964e3c24521fd36104c3ad1382ee474dee0bca6e912b66275817e11c1d29684d955d28614b9b2dae44d472c6042befd2b18699738e83176f51bae4fb0c14c8d5ba873f234220f9f01dc99d19219feb83f17bee8ca5c972525aa0df20fbbe09892fcec6639b8840afa8791cce0c75bf3efa168e6b273d4d54a9fd6a290863bfb0368');
INSERT INTO public.records VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 5, 0, 'withdrawal', '2026-06-17 08:00:43', 'U0OMAR', '2026-06-17', '', '\x0174fc7059535ca4814b57ef1965978ab0f8e3d3e5a1f6081665b90a3211bc5e52cfab8b7af39e0f5b8d8fcf476eff7ea8fc902b830d877dd99a3bc54c9c3acd4563f8cfe02eff107f9669fc92569d59');
INSERT INTO public.records VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 6, 0, 'confirmation', '2026-06-17 08:00:44', 'U0OMAR', '2026-06-17', 'email', '\x0177dcbb1087be15e489cb34ae8442edcc1afafa9c5c4f9a8d685e9f765cee07de332015a655dfb6ae9586536105b57eefa8eacd430ada358eecf35cdbbcab010793bd8d62c183a36a512314677c1f06c1f17e5bce2a746e859c282eb88656bb7eaaed5e771b30d4ec7c03b018e5421f27dda8f555d0c4fc71359a32dde5acfd3ce6b8d1b1530106bb8b2ff62447058771693f7e435a68d682da90e6d4af647a51adb51b71d49d9ee420e6740ef5b31bd9ea2d40607e44ce6bd5180a3bbef6caec382bd79bff1958ec64af0d9f37cbe221e5ff23a281026c636bb9134b4aa3462b49b67561416035dad806caef04a7097d222b46716118ab329821db4cd84eb8f7f7f6f5c3714c15cc846cfcbe34e96a12937ea1646c7f159f2e54ded8a70612c01965fad2aade9334400ec5552b16c5571e43eddabe73504683739f4ba0298690de54292726775042709a891ed5a9a63c96752c76d6f24e3241247c9d0a6b77855c53d99eaaf6ea0d6a793ce9431d1542f98c57826cfbf518690d16207550039e03460aacc7864d35fde3100c64f2610019789de34e3fa31eff58702b5992c163348d7ee669100be9564e72c17fba1e9e3cfa1fb99e5f5910371de234e56ece3dc5643efb04ae93c08985ab2611333eeb106dd92121962774f2bc06084b1160e20fadac94fa0adddeda7c5ed1e1e39875e227f8779e47bd804da62a633dad0a3f467a480808cee1daaa2b74814da25bca5ee94bb158d788bca35f84a0933ecebc807965fba4b9144b1058a0149dba2bdceeb3e01e62c60954004038facfe6bda19837fa9e0c049f817ce54fa33d557e5e18ef33b2fd0399f061df5ce86653ab246930b3d163e2f83f8cf714fe1815c9c0877f41f53862ea9313162cb470525c936a53abf35b16cac12eed69901d741277afb4d4531d378a0bd1702ccf5fdbf47731c1ad5ebbb2a1296607ff4c2407e73161b662341c03760a7066d6806c6a17c612fcb5eeb49736da04ea725053b00ef7f25b5086d62a2a10aec1c339d3d081644eeaba14e9b283ccce85b2ac59f8a871f98492019e78b3f6021655f6d1c44619846dc8b3c694a2992094ee30fca19304a8b0b9498f20ee65c4f038742fc108ff234ed8b34e25c13a7702e2c23abd4e94522118322ee6cd2c17bdfa148cb556cc687b55a2e7328685db31f14f724fd1d9fe5cb938f8bb7e6d9e6cb9f11882a0f140f0100b0d85d9f7692cd497f3de6ce565dd37adbfec20b1095df402245423a7ff5d69c1254aefbfd2cdd83e4f00a2b757189ce76f65d488a68da1dc40ecad4e9dd6ec40c12d41f1a49890de96e57437ad19775f063f478a87eae963fd3028479b6daa4bda04abbf4ddf8b2ba9e373cf34debf7645781ba7d2816b3ca03a0637ad116b22131876a64fc9a490535254e94365154327b87d72fb24f17e1a9dc5fdf1b27f5b3e4428a4259eb298744f161301bb5f1d3d3c43ebd816debcb15bfad629530621513badd456aebf2773126cd3194b6f04e72f173304dab2e115b6e8fa4b1abfd01a51274ba95fef08d9d08a87a46ef20b9302a1e0ab3e66a722e772695868ab6b1c43a6d5e95d');
INSERT INTO public.records VALUES ('TSQU454VESALNHRURDFTOS45I3', 4, 0, 'decision', '2026-06-17 08:00:45', 'U0OMAR', '2026-06-17', 'not_possible', '\x01307a7edd801b2e824c4a648dc89a99112ae04003eb625d2243f33ade6a199d74760dac58648ec2d33135faf1960d84b81d0e3c0cc5bccf3e417e39c0b32d6772ccdcfdea7b80a293017032d17c5c3ce5f3a7cee854fe4db111db975d9146ee15965b96c441ddec446b126535e2b100b25220b927642741b5d56fa1ecc42ba8a75f4810afd156597952d0687969');
INSERT INTO public.records VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 5, 0, 'dispute', '2026-06-17 08:00:45', 'U0OMAR', '2026-06-17', '', '\x01fa1173bc3375d3b90b44a890fc444637bd22a2ceada06b72f8998050a6fd0fb9b9ef71219dc3ea594502d1421578235edd07559c41cb3b90cc233a49ef670c94c371');
INSERT INTO public.records VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 7, 0, 'ruling', '2026-06-17 08:00:45', 'U0OMAR', '2026-06-17', '', '\x014f3800aab60bbb135018758c5a7fc65c602b0f3fceb120e269025952587da2c7f27723ab50706d42ed48fdfd721a51bc5fa8a636ec8d631a7e2b0dcdba02cef18aea79365d1c348622290b709d5cbbec4a627b626f41f5c9fd9e25af');
INSERT INTO public.records VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 5, 0, 'progress', '2026-06-17 08:00:45', 'U0OMAR', '2026-06-17', 'email', '\x0183d8462adcb748e0e67d441a1cda7e07a445818b7960b79ce519b3c761e48d1c057e56d21cb92110c2291200980ba2f8325162771fb4b6d948ac3e13ac0decc5c60ae0b115648befcd18729fea77c6045c3f55284202409c2dea8bb3473c6f3c0dc275fa366a67b37dc9ad432e2074ee65f4cb0cacf2b3620628d7b1918c0538b5f28eec9db75c4289d057228396543d2ee14f0a8042e795a53fad2d19530dc276508b7d64a1f6273a395390ac8b55c46e3c9180c00b3b2f72ed749ea5a331f259a1187df2e4ee3ed9bfcdac6d9a565aa6ff744faf5ef658fbc51e38ff61860c177e7cc2c1550f618ea6233aaf914736e2acb373283b7da273343dac5b3bfe521b120acdf710081f6512f167c7923eefa433896beb575df8dc6b35b9d48f23a48785f375f1114e248e7303bc71bfbe28c3c1f2e8acdd5558de158dd2b539162129848e3ba91df969a1f00920077333f4b8c9d1bb893d4763c074be3451911017a66dc55f776017a8295fa78300324077e3c02b55146366ceff8e3852fa1576e2ce0c60127c54f74972cb00dae0ba1bb40f29905381253b2cc6499b7b712935b01023ef28331eb15be6e0460cb63c859df9d83dd257f9176904b1011f64fe204c9de68204d5454c8f40407a2c69cd8c80d41c3499cb9f273578414586c81a32cd41152bec91ba0da977173cc653ed7ea9484c0bd1ed51396f66d4d12efb00db78e5c323ac12c7cca4461db78e4556bfd0c3f0ffe80946562e2b8463c68641924d1f1907066d21988f16112c56ebc77c492ba1412988aab2d10f9cc6af784c6afc42df9b439d45658767e03d8d4e721f01bf855a0e0668f2453aa82c80a4b62bd6653ddb99066c3509e301f2c16b31127506914810c24c6c9a330346af4b88881bc981a046d6070806c20cafa59e4e7a9e110ea8f2ebb1cebc5f53b23295e93cbdc6cff3a4b21542c2f7c51433954fb01165c0817ad9c6de3a52677698f027599a7e51a443e00861555db7ae62f9f5a8f90f71d14b61003844d1b1841e0e4a65caec46ad83f9c903a7779654c3d5461d5033c5c0599888104d02b9a6db9430833b3ffd08147242eebaa9f6c9794c6dd2fe4a938cc56ef54fbea4a55cd10c733fb564b3645868ed0296413e6eb1257c87e0ea129a1d9fa6b66c197d81c28fe961a13c2f70341462a705a51704e0769a6b2b696082c7f3b0f330e71fa8214c3ec99307d0a8fccb15d7915816c0f7d3d5ce4e39f0060d885db8918282761cca92bdd35b00730ff6255e5e8187700ae0ce8fb47fa00f333a48269bfc5c2d6e910c6b591bc1b28a898061e224f051bfbca4a2128485b57e97684a7ab543e80127a4c6968553f67b3de046e903d3614121157871cc738beca65f0dda4e99633d79f7e114223ffd441a59e0b77d5f87aa1e13533dcb27d52e66dd3a3fa4211616f0231b07ad24f0edda381eefbe3c6d19a6514999edb24d0a3f27ceca52ea6685b15c0e00344b19a403ccb7318b3a83815f1f93b7b2f83b2f36d0b9fb074d8148adaea3c39647005e94de9d91dd5cad4ac2f3387a49ab1e008c6fa6');
INSERT INTO public.records VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 6, 0, 'reopening', '2026-06-17 08:00:45', 'U0OMAR', '2026-06-17', '', '\x01e72b4e101f5b9a5a88b9e9b4f3edc21ba2caa2fbf2271ed86c91cede4d3e32625cf34dfc1d32161da30812dcfc5d865633a584eb');
INSERT INTO public.records VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 5, 0, 'decision', '2026-06-17 08:00:46', 'U0LOTTE', '2026-06-17', 'phone', '\x01f6bab317ab6a4f957967b4390115bafd0c66095830578cb5932dfb3bde5422b131117be66b56863e59d951cd62cee4dc1d2171cb5d1a20d9939bab5bf697b46c175649f30dc9f5b0a6079a532b6179af912f4a88cf85f700cdc740543e524bd79b3c0ba356c55cc26cf9d0d6e48e13abd14e7a4d4a029518a7c768671a61730d3ce48624fb48557c0e6adbf995');
INSERT INTO public.records VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 6, 0, 'confirmation', '2026-06-17 08:00:47', 'U0LOTTE', '2026-06-17', 'email', '\x01f7143744ba22c318588a4f18c9f1e4f572133357c3a2837fc91cf9f9380d0209ba895768d12ce22fe2a1c2de61abd662d9bbb29a4ef46b4d82e66f73eb63430955b7b8f57990d2ec45675c2086689b3ca7a5d3df992099abea834cd5beb9d419c807912f493c52ee2d69a72a2f10252fd2cc29c60f4aa7954d982b7a6c8c21b26b09225bd979fd10cc89384a14ee745bda04992bb5630e7813198ed9be153ac1225ecbc3711113a8427e8170c96cd16f5b0ad232ebc8a54559b6696f4713c1f3a9c9315cce3300b309636ee59d04bf8f438cc9853fa7d97a8fe95613ac901ee608c4cc748949e5c3f17afabbaa652213b01eceb916383de22868dc7ca413f2848c587e9cb85b37cda3abe5b9f0ab25a8df154b5bf95491392ea25c4c963cb5eca6bb18a25a36459febba8010b70b690b3006f2cc04332ff22c652b57e66970f607a1927da1d5a0c229b877058d76b61ce5a80aaa26f60771164973dcb324061a75da2e94c65394d2d5981b4c0142d60c42da3b567cf0e846844c946b0b19d2085323bdda6e686b34bb39f0dee04ce40004d5ba93b86c6d3d55c076db9213bf2fa88a331ebf58b2b996ff3f51067deaf9d3ebaba8f7c8e270d3e78f81aada0e03d64cae4254a99c7f725352380490ca46e4403f1f4c2cb5aa2ba24bd506a0cf76b46a982556eb7f721172da5c3094e7334eacc9a6cc8bf3b85d1f030aac10a5b4b54012f4f9dba0a276dfbf2f2613d5bf5339278ac7582df2e742d5059db1ef51eeb12cb8a3e47eb0f3db04ec2605a5c8155f51325a84b490a39b0f2ffbf8595cda8c02f66151670e3dd368024477ac5716d686245b318f31593dc8178aed43f91d2b9b01673666f59b7a0879bbec579445435caca8d7a3ae55e14dc65729a9916b7916096dff8c3d3c5b8aff4d2523757a967335f3111935dbafcd1d77bf3eab7ece6f23425b82b4d3a7627e9e3d6a5a1cdfadff400d23ecf1088820b98eb0bd687729ac3f47d79e37d20f3772ecc7ac3ae9153a6a9887b66ade380dfbd1231c776ed25c70387057b7613238300b7cca0bbaa3a821f8ad9f8cbab11a328850fde5976a8e646bf7d7fc4cb45817ffb0adf3876930e492631fd3953225cfdc222c74de9654870841e2228510ddb558d893428778c91d4279532651520276ca0d0de30c555c3ec4a35129f87a30cb69f1310263e7bbf102fd8bb0d8909ac0daf272eb7dd9e0288814c0d4ca17c0e6ef179648b4e4846e1146c9996597b67b368becf59f49ba4a2edd44478f018a222dcd46610f5fc11847c0eaa592a62ef9a3');
INSERT INTO public.records VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 4, 0, 'decision', '2026-06-17 08:00:48', 'U0OMAR', '2026-06-17', 'phone', '\x0180ae7d404508a003b93b90926981c6fd006f25cbe714ee7f7fe347470d33dd5b4756e2a107e90f50be037ecc071d2663896365d037d166110e8d7f294d7bd1dab1cd938bd58d0a4c70818619a92e54d03041514a28fd73d3f2a4ec53dd32e0f784798356aceecfc397b609d3a7ad855fc1068ec840ab51b56816d951a3ab96b134fa7c4a3281f7994af9436b9f');
INSERT INTO public.records VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 5, 0, 'confirmation', '2026-06-17 08:00:48', 'U0OMAR', '2026-06-17', 'letter', '\x01e2d4288731ff48dc348f8343b3def54e542457d2310cd693e43e9e96c86209dfabb1f4dfa80d203208e73a80b734cf33a3f497a227669c4eb47e4dc29a7d7a3e6219316f88ae0814bd509bf9140db15c12c62c3c034644943e927400c0913d8bff5b356cb93ade513ebd8d2bbbaeeaf92c36983899d9409085921ade058c30736e0d87a3b8598643dda5458e0b70fbc481f24aac0b0612946288fc13fa004f17c473096ced2939e5fae6b6f7ae07d7bb518592d959c4d99d5bd45c981e4b724044f51b01200ff8f011204521ff57f8f45620744f8a9ee3c63458e4026dc43798c291ed9cca780af62a8ed3e241f8b9eeee8175a69f36f82cb8e54d6db1120645c3bb7cb2e714ad24c1438549699230b386abcd39514af9b26228b474c6bd73be04f76cf90513c85653c7ee5982e37b94678d3ff476d97a4f845bc34996fb589399203a47f777aba1eacfbe9e9e14ad572f185c6ec6c4109dcd9ed2a5ccf9adca46b1b99dfca75e7e87ff1f03e6024749d4318a02ef6cf63a0f717ad634b9b464330ea6b90fccad8373e1f315313752340c694ab814caafe8b5c24590ce544ea66d9d87f755b44383fd104596ce64b51635fa79d34cc48b01326bccc59aed34451870c54beee1e1a46b2f43fdcbdb6feb1c187f6783fff3b72ed21ae8bce724aa0d25655022cc0a78f74e9d87601ca7d7cf35eb0cc4dbabcbf6d5bc87a1edb4d1f28bbbccc913c14c30e1868d821ecbf08488b26b067d0c78112d52213d32ee72f184f077fd5b71cad41c68442d2304e573a8e7efff31f8cda2a12ffe09e54280ac86f6e470ac9c7ef80db474157ef20eab16c85833a4f4120be5da906bd0cf55d962f44f8b00f921c29cedb0dfd22e3c3d077788a8919f53518d2dac20018fa9cddb4c811d652ecf741030e1f8557a2ca9fc522a79ed602acf410a553ab059db32c7663158e56e8d96017329c7ae733a432994abc4725b868174ead8581c6023c93cacc4b541774c501416a49c0dbe39a8479280494af5cdd11a655d94e21bb4e8a70af75ec8af1c87a467feb529f498fbe41e758310eb4b7b197fa4901fcc55d92dbe84c20cd55a396053f93f8417c13ecea4de6c54a9ae5c2abaf9691a6f1321bbf23b0b36fae6b0831c4d46f823236ed8323aa4763136532da5025c8bda96088da719c4caaeeed4c1bb1a47d9d71f01af5ffec73eb67e1c40c8c1b1ec72dd8f94fb810d9abc2a413c2328f337676199c62d5bf4c1d7c19a6ccfebb5f4361a8e49e4b62cf193acde16065db6afc735f9eff7464817e9dbf03ab955d5');
INSERT INTO public.records VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 4, 0, 'question', '2026-06-17 08:00:49', 'U0OMAR', '2026-06-17', 'email', '\x010f7798e626eefa4e0e4789fe6afdad8fe3cf8ff155b59068f67afa1c49414367e8d4d160376be1bbe2d6d8473c406c96356c349826ce25c6908ad8c82e1992fe61f347ed0bfc75523c87e5ae065aeca708e75ba37a754abb2e6f88cf1f2e32468503d93832fe533884f1724286d7884f070c38f0f29cd4d6c6a875f39b660700f4195a489aab5e6a57734b3c2b75af1c43b941621181c30b13e3bc032fe0f1426755ea9b7f63eabacc5926bc3c2b516a42aa75e7c9524f589c96e43bae023b7b16a5b1cfb43532ac23ea43cc9e5fbbfa15dc393f5a31d08701e5a67c0e24270747eaf629c81182e54f1677668bda87453fbad52ab29f8c26172d30136470d74345bdd456008b2d42275a89e0505ed231a2b3bf74f43adfb6286d60754ab5aae5b7fa72dc21c4ec2a6a715e541a096a4125559ead1b4b24c9ca40215221370e3670276667013441e2a418a3a4415297b2db89342f8d1818b2b4cad6f8a9899bce42749dd30d737ea8ea3e4cc70c5056127985e59a38e324a93c0f4e135578dc6ac3dda4968fd46a4147edd34e8d3252a6f726d48e76bc56bd8085c435de706158adbb255bc90b9d681810508ae9dd39b1b83fcce4d192a769259a0f1e232852f9c227c3f1ce91396d55ceac4b37d8cbf316fc3b45254c85d859cd69bb22ac4a1797417b07aeefcdb6fd1ab8e210629ec1c4fb7b36e066a0ebc0e7477e75506135c358fde1e44f449e5981b419b9fd00b7ea7ef24cf23d6595b649431370371f78946b1e17706174256a55b8a26d193a3a948e52a06ff51b364b23dbf5ba038e2cbd70011cc85b14db1ece9f9c77058ddc64260e47db0261f23cbf77de728c12013662ac56047910a9cae78b9ad53686c69e228392a10750661f579ee9b4be911894813a460a7be9eecc6c732ac73acf87280b5062fc749111223d05dea4d2d11db962b16c901552739574ab88652c66f331ea9d91c481a3d0b1884536c1ffc16656c9c543bafa0136e9db356dbad69c38fa7c06f9bedc86aa8ae0ad939f7564190fef23db370c1006982e930a3edb5faa6605972c380c1088cac679dd265896418fef406eb53825a99b1cad81c0bf2b6d3a023c562d06018f019c2605da9bac81c2af9be78dafa9aec06bde1e040292ba2adac75305df571c8dbc01fd25da810c242e0c9f6568efdbae86e3d1af5dfb6284e4821334424cdaa363e4ec');
INSERT INTO public.records VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 5, 0, 'decision', '2026-06-22 08:00:52', 'U0OMAR', '2026-06-17', 'phone', '\x016ab7667c1b863c09c2513757f57bc422e15955137330d18065d83b6bca4bfeca90cc8a7681069092eae2cc630d2880e0de053311d5096e91f3c008c936f54fbffc77cdb6fcb02f1ea1d6b40c380a8ef6a0ed86fd7f12c9f2f90aca1b2f75ea885cb0d1ac653ce000418f7dc2d51016c466dbb3b21a52f59f14f9d4b9a843c242f2915b0a6175dba17a465046a2');
INSERT INTO public.records VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 6, 0, 'confirmation', '2026-06-22 08:00:53', 'U0OMAR', '2026-06-22', 'email', '\x018a2008f382850556675419810f6e8343dd8ccfe1b37783377246a68ba689473330b1fbba095b78f34983d6bb00509f93079bef75b027d9d749f9c60543dfad430e2340d7ee81b414efee7af2a681f481f319647ac5cfe069e7a2eee3fe3b801f5d1ca7c35c29473de319f2e444e44cd3eee03d6f0d2a26aeb016aa7bdf481b51624e3b63906e628ac20b75781525a5a3516ba4c7da646c324a8bea75f28e8d4e7a3833bdfdec88167dda0f8c0014ea882658753817950bd8a2906e1bdb28e1d2bac9ce66379bb044c0f1276db74a8af1d128a09fabfff0cb6ec57682e6771ca1b7b74be60cd645fae35f9588ba3e3d44c9c05883c1b7768922fa0b94b3a96b66749f9f4ed9397f17660dbcfe1e34350d359dcd111e0872e334fe374d339769c0369f1a2df61c20136b4311f907567c1bd0722cd538190c657770eb12fa9dd70f21ecccb759c905462c28b21985ac5c3ca814ded77adb7175c7aacd336e68a3a8a4be404ebf478e6d5342b8299b721039a4acb8e9b7dd881a527868e7288d6c4c854739daf9a9c6bc9f44be494dfe0e7e6d1293413b00039be62ecc43206763c92195affd534de23eeb4a1c072358282292ff3d99acb8d20abcd939ab5e025a4d3aa7d4b116ebc7410ce1a4d236a0d6890aca5c9b96f0cd00d3c2edc61d7cccad845d200df444d0bb94ea49c8a9cce84f6cd550a2a87f1d48be5089a21298e526b1cbb5cb86fa1dd9a92737cde1c7aca4bff29852698c2b0855d55741ee7ccda0ec77ee78d4a32df9465cd879c360a9fe5bebeb79dd5b32072e462440057c9bd798e5c2f62c8c11a005d5a1aa0e37ef11ed41a179ed232e42038378eaa169ecd3f9c33e2aa38f6f1f3a385bbd8016b0c73a2daa769bee25326211aaabb08b3116c8c5298da77d80ba59adc2e62864923cd14805e1261d93fe5b39d67a91c9b83f77b9e64114e4edc3d65f335f78cdd2337b19b094b0c0070c0c92d5489cb09a87a6b30b0f04a65a4ca8970ee7baf51b31f0b234a79a76abe7f8df070c03cf240c745d47271ee084c4a3100d5174bf52c30da8e1bc4b3c318bf88a7f850ad47d0035738cbe5b4ff9d0c09f9d11cc3fdc15162ad2e5469cbfb0a5b71ca58f02fc967de2f30ae4ef8c1ee85c84beec3def374da31921bc54f61c96a538f76c8437902899d2cc2ecbe58edc1ee81dd4f2fddf2aaf4226b756b704c4afa24026126d9127a788dfde88d729b449ddb705ca176f2e88cfa76d90e54367a2feef7353a8f94ebcf15c85d38edc872a3ed72a421ddfa6554a4df691bc8ec411f11293');
INSERT INTO public.records VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 6, 0, 'confirmation', '2026-06-22 08:00:54', 'U0OMAR', '2026-06-22', 'email', '\x010bad8157aac7b760a446d01074d744136b79b0d3ae77941f706f1579fbf0e1a2b2bc0822f13cadadfd8b7d83ac409f93e9f70b670b0cb6ed9ffeaa0e73b9552063e4a5bff88c230c48b79b4fb2bc7a4baed5d3d146de7be4f4d1fc4dbc1cbd8603fc1d938d35e7658f8c67e300c0e856777b6181f5f0508976a06d9df4cedfd3b0d698e8de226f99d69bfaee1c991fe613daa6d3d1e1b37dc0bdc4617f900a440359d767725f0a09b58bdc874a48abb12cfcb22af8a21e083b69376708d283ba77429c8f9d5d4a798d11306848ac0e72b31a148cff235ab2791ff3c66c11467939615fe03821144744174edc5d01194311fc05cb57214f91ced7adfbc06c983c86e56f9fef65a6cadc9338af0b51f6c27dafea9aa93e65a18bdab46d59b9c068fda9f5550e99d1300e65241f0418b16d3641e5d0eda002c27b48f75acd12d610a10127e3657b2fa26158c5feaa3a31bcae7b17a6f03ca1d6cf13665ab5abd2c928b469846d02afee180c299f556355b068bffde06bd9c3558d3ab21f19d5689a3090a82b12138b94c7af3ce71bf79ffca2525ff32ca2795957a478b91580bda6f5d33c5bba2e408762da5b2e122e3f8f876d61c509454649afa029341c99f10571e82c5a6742acb2341dc1bfd8191ae58a3a854fdeea768ce1921c68b59138e6ebf914b67d67e8e49ea98a976dea1d60b8188b0a919a64079093dd4f559ea04060b78165b6365d944c5ef443eaae6df1c8ccf698620714de6dc1c3f852b27b55f88032477360104f4924266fd2c49c14c9b308c9ece64901c5e4d6f5a42a32fdda4d66c498b19f6559fe460d9d7b7d1f2e1d0c0737f6310a3e3e38b9917436d9ec238fbe164f9a6b0278805b7b88c9139c44923d2ad56ab49ed45299c93d28c8254e1173bed17e8756843a423d38380f75080bec510926ccc42121f1fb995991ea93fcef3f33be79331ad65a548263e5ce45dbea13f4de0319b5d2bc6f55f890113efc6064474f778b80d942dbe19a8271d380d5d2b8319837b257c053ac5d29345a4706e3d737329ffa31ab13f270f3366db24f10deb822f3cf4e7ce2166e1ce1d681e2cc221cd1578ee95a3fd8ccedba23bacaab9114226f0ed4fd10669a491b0daa8801cb55525d98ca1297cc71bb1ce1236aeb233e6c6338a6f911899c6c97e6a26abeecf8b21ef8fe43a8b04df51152ba5e6b498504e587484526f883dbc367d63496aba120621f602803d3541dba4ce6a7acfdcb7cf2a00a5af82e1cf770ef70ba6217932b938e643d63e7da39b90b70cfbcbd3c0c7c14baa4f3');
INSERT INTO public.records VALUES ('TSQU454VESALNHRURDFTOS45I3', 6, 0, 'confirmation', '2026-06-22 08:00:55', 'U0OMAR', '2026-06-22', 'not_possible', '\x01f3c8b72f5c5e3b10e4db5382b423564ff80f8f15ae33fabc87f93eeb83720b578c8b6413c0e5b2f763f9bb7e8e3fdf3699028694a2ecbc21c5cdd1f44f0ea6b7a7fa316e0ea1433257fff2b542cdc0acee88d9b2ac778769b25ab75687e24002890a2f3566f459d3014cafce434a61bae364bbbdaea23be8d5e53959cf6faf9a9acdb4613bb56e03f99d0989878e9e5f36265f40600ac4a9ba4b0ba5cebe3daa34f411f740aef833aec8f1383f4b06f327c53a039218ff59d7309b17f1fbe73a1e7736d7196e7cb37a8a489650b5c2ef28ea97ec8bf83252fa930e650143b0675231e0e7c02f9ab669587fad4ef8c590166a3cebc888e56a89b001bea1a8f8fe59fc0bb42ab7f109c22e272f22896af69eea785e34def8840e3eec60ea50cb694373a42d148ef7fc0ea3fae439eacdf119d7848b9b1c72096cb6bf6f10929c941137f424f2f3201ea5d4401ed3048af234dc6cc9b0f158fffe76471f0598c6de7ad3e1893653aac5574c4f713a4ef49f7a4033a862f20121a25a1533a483f70026999cce962af6e46e5530a761860cc90ec3186e0179a8d1ce98c20dd71dc09b8e3460ea3158580400f6b115ad1d5b403dcdd11ec52a1bb297b7ff2adc669f966aae17187751484768c1d5bbe1724f62fd852778fafb3f73a8b941e14dc5f289ae1c483f56d39aab5ffcdfc1faddaec0fb358f23ae24c70eebdcdc7a583c1ee417b861bac5a00f86aa11bcbe258051cca2d18bd0fb542f155bfc522fed4b8745fe19006309c9defb67be3d78e577b7445534d6114393c96e597e1288e2418a8cd409645421433139491f53bcea764111a5a39d2a5aa002fa7fb1167c7c33b996f69865f58c76c2470c98de2a7824dc4c1807c0038d9b74eb78ee53a8899351ed479312458a4bd24ee0b40eefb6798dc2ddd2c064eed14bed4099fd6b7579013a004527af0af26e75c54b219568e2fafe4d51c6f5a7b5b5a8033bc2057d6d245d3d29c74bef46ec5e5b095d890fdca7b97891f791f3bd32646772335739379b64a81a4c9783f8127771a4dec7aaef0c05c4cf1b6929b322f67890f89a8661a9ea3f1c2295284932ecc35fc98309a51ad6093c06d437836b3164c138dcb12a1177429aadfb0443fcd69d40fa84e8858784bfda99b43d9fdc8e9032e20ebb61dfc404a5a65862248c487d1496cd9c60d0404b34d5133f9c95be9023ccad73f7ed1e9037bb07c203a76d3be926b15fa83bd502ba81716e7faf83b0a7378cb3220443d62bf17f22fcb982feee628de40a4e55d790');
INSERT INTO public.records VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 6, 0, 'decision', '2026-06-22 08:00:56', 'U0OMAR', '2026-06-21', 'phone', '\x013adfadb56329ec02eed3bea2bdf4cc1ec70b5e671ba21da877c228052b4f920afe7cfdd41471908c2592ef2213f8020f0c62c0646c4917ba2fb951ae526d81da475d1dcd4e369da32caaf2405b3f3d3eca3d1865cc5b16233357ea49f59f333803270364ec76713d0e06277b4ff2e1458dd57aee38652c920df0b13dbbb3165f4f44dfa807b9ff460530bf6129');
INSERT INTO public.records VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 7, 0, 'decision', '2026-06-22 08:00:57', 'U0OMAR', '2026-06-21', 'email', '\x01fe591360ed9fb109129cd01439d7ccc57ca7f086ebc1e6962208b5b81dd0bac44138aa9c7b3ffa96170c6eacd8e2f1e633e4613c2213b3e1f6f9b0480415bca4a582bb3c7d765d61b58281e2ad37ad21caea0f2bf88f0fcb587d736c008e8abb4d226a181b4224b5e584fe82ee46f7ea1414de581986124850d412b9346fab76b8f5f367db0b5aa2fe5d1c09a1');


--
-- Data for Name: register_chain; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.register_chain VALUES (1, 'created', '2026-06-09 08:00:25', 'XMA3DH4CAIP7Z6R3ZSKDKDORP6', 'K-2026-0001', '\x', '\x', '\x452a0fb1bdc24d8a9a6e21de4cfa9b0ca42b263779a47a26f0f215ebab57a352');
INSERT INTO public.register_chain VALUES (2, 'created', '2026-06-09 08:00:25', 'OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 'K-2026-0002', '\x', '\x', '\x107fc5cc68f2e651c9f59b5df6a4e8f08ae6fb30851d2389a36edc4a67e43fd5');
INSERT INTO public.register_chain VALUES (3, 'created', '2026-06-09 08:00:25', '6BJQVYY3HIEG3OOGXCQ64EMHVV', 'K-2026-0003', '\x', '\x', '\x9d1c01f94e1bb9cf3a091e7a14bcc032a09918baef05857e2d78ae082899ba43');
INSERT INTO public.register_chain VALUES (4, 'created', '2026-06-09 08:00:25', 'LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 'K-2026-0004', '\x', '\x', '\x17300abbc1f7376d3006be811f1fcb0cad69f63ad975870b80f7a6fd09194a98');
INSERT INTO public.register_chain VALUES (5, 'created', '2026-06-09 08:00:25', 'TSQU454VESALNHRURDFTOS45I3', 'K-2026-0005', '\x', '\x', '\xeb789dbaf1fee1942d7aef51a08e4bdd18a86c1f9e5d3b020a7a47d88abc1bbc');
INSERT INTO public.register_chain VALUES (6, 'created', '2026-06-09 08:00:25', 'NGK5AEELJMQTJYMIKDF23UUWP5', 'K-2026-0006', '\x', '\x', '\x633963c1e7ee2395ce694f4a419d2155fb496f68bde35dc9304f69f11cc27c48');
INSERT INTO public.register_chain VALUES (7, 'created', '2026-06-09 08:00:25', 'G6RQKWTY72QCLBHICWG2OIEPWC', 'K-2026-0007', '\x', '\x', '\x3b8bd5afd623fb52c40af5210e4fa43124181788d90122ccf2b858d1a3327ff2');
INSERT INTO public.register_chain VALUES (8, 'created', '2026-06-09 08:00:25', '2FJGN5RHP7KJU5SQKUKKZVP36T', 'K-2026-0008', '\x', '\x', '\x6c2f1f09b0fa4e086bcfc9da724f2181ec40be45e696e25066cc973a33d686f2');
INSERT INTO public.register_chain VALUES (9, 'created', '2026-06-09 08:00:26', 'EMF5MMLV6C2YFDOTU35K3LZMOI', 'K-2026-0009', '\x', '\x', '\xce8b96fdd981c0a58eef05e91a9fe8bf69ad5d12cf4f985b3d4a5ff04e023e93');
INSERT INTO public.register_chain VALUES (10, 'created', '2026-06-09 08:00:26', 'V4JT274NEJ47P7ZLZSDHLZD7CR', 'V-2026-0001', '\x', '\x', '\x4076e035e88592b839cab9bbe3c300ee710a26626a474dde51d58c2fa800171b');
INSERT INTO public.register_chain VALUES (11, 'created', '2026-06-09 08:00:26', 'MYZ4SWH4BJQONGNTKHMIHEO2FW', 'K-2026-0010', '\x', '\x', '\x30861ecfe7ac1bf0788e80ef81446e49f30b4fef2c2c6c45b13e979127b62423');
INSERT INTO public.register_chain VALUES (12, 'created', '2026-06-09 08:00:26', 'GTAFA4RXGJQLEKAGDEUQYNXRVY', 'K-2026-0011', '\x', '\x', '\x29a5faad5946ed8b04bc752716dffee1c0ff5161ee17518d3fcc1701c80db103');
INSERT INTO public.register_chain VALUES (13, 'reviewed', '2026-07-01 08:00:59', '', '2026-Q2', '\x3ea0b5a697af7c6720be5a13148dcd26916af7cc5c40cee24a587ef363c14304', '\x01df5fadd9ef92177000d43a8dde292daf735b7553479264d978959cf3a88e61629d44', '\x47c7b229e43862167e2f941cc5e491ca6b9325c7774e30d3d28cd8bb698fcb32');


--
-- Data for Name: register_head; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.register_head VALUES (1, 13, '\x47c7b229e43862167e2f941cc5e491ca6b9325c7774e30d3d28cd8bb698fcb32', '\x2290620fe8f22cbcd052263a5bdb9960ed7ad904b962d6ad4a994d4dab5e19ab', '{"K-2026":11,"V-2026":1}');


--
-- Data for Name: remnants; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: review_gestures; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.review_gestures VALUES ('\x4d2c5a85cda43b3680cb862476f2b8f58785490cbef5e3749ae8f4587c6bfe2e');


--
-- Data for Name: reviews; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.reviews VALUES ('2026-Q2', 'shared', '2026-07-01', 'U0DIRK', false);


--
-- Data for Name: run_days; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.run_days VALUES ('2026-06-09', true);
INSERT INTO public.run_days VALUES ('2026-06-17', true);
INSERT INTO public.run_days VALUES ('2026-06-22', true);
INSERT INTO public.run_days VALUES ('2026-07-01', true);


--
-- Data for Name: snapshots; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.snapshots VALUES ('2026-Q2', 'shared', '\x017ca91ac415fc1f4b1474c6c2c0b385f9790d6416dc2fd0d6eccf46421b069284b4594610614999d566fc899671ff9de81b65e20f3827403b0bacb8e6bc81c932e9b5bb554167d7af802c906b271bda982b2ea77ce1d3f59b34e1f5384a06bcc198ce6e56747d5251257e734ff1cd58e322a28ee4c5211eb3d31c908c8323f727ef7affa0a1c4faf96323d5fe40240a88275cbcf7de6aec9e87a71f85bd15c82289f8b5a441f0dd7ec09b193cd9784e5d60729430da3e9d4a035c611072d0252b4a0883b3567e5d843a7dd6a677f83d6c3d2272441a69b78048419c2bc9cf49f16497ca322f595ca9a942e89603edc3914d15b1d8ac583f3046b9b0b0f1614c1443edb6169359f755e1da54cb0e231b3daf2cffdb1ad21ddc33ac1eae0f61c8e413d6bc9b7b2a506bdb22a939603f8dbb81747095fcab38067bff12a1da3cd07c8305deb12f6d538410ddf22d92ec676770dd5819648243cb1c42ed36ea9b7c6aad75e41d3d889c1cd13a0f5cabb01f7d7a01559990e46e73fc1981a9f09ee31f4634987ce90755b87eccfecad2baaf4e11e4fdb1b97711d2618ba63084caa2edf0f299e5df7558e6b858ce2203445ce84ed16599fba6ef25b7c602e7b6f433a295c4dd7036899d1c2aa6ef95323d00143a5d3b08df7366c7390f1208a1d7fdfebec205676feb795bc69644aa3436e1246def24a075263c07af7b835441c09c8267f94756e0ae33d6d575d1167bf2385726a9dee6029120c2ab358186cd63800daeb87516ca56b990d872ff9d8f9a6fb48301f53d17117a96683797d0618ad1ede2aa76ca44f09c04214f8bad69f6a2cad56e3e387036932dfc9fbcfb31f35c688d935b01bb1c45495afc88b35881309daed2f42f4b506f1dbbcd5726628c144012086b791dfc93a7748a8c21efd859c3eac8c1c7815f87fdbc120e709e5273feefa225bbc69878c04fdf21c9abdbbf18415349e388c8548c7e26d5889cf232c6c137f828ab88e7e1f71a6ae0d7ffb5dc3643294c37b7887cb13b6971b5ab1537a9dc8732b4d9b753aebbffd7eecdaa5d64107ecd2854977b1ba9dee9bb6e5fb8aeb0e5aae03101ae9bd0c27b210c646c0a733f33a026b6b9c19c2095b7e822bba4dadf406d859906eb3e6d1679ae1959a698ae05941fcd2b885cc17fc366a22b9f89d56f2666e02fd08d119955215fed64c7cccf46909c1f62f6a8545a4913bcdeac8b23248bc08964396fc79c53649b9b820d09853e22b843de7081f3573079763e186b18997e6befbca8c0a75c2eab4b62fc8c2b12dee77432fe367c81df2a709cffb7b64d3095182837837c863ae58097d079689ef1ae6b09aede7087a1564b3338a85f6bbc04adf2e16c39caaa74363d2f00d8d4b0c58d46008c5961de1c7ac43cd9d17d8536e8f602bf0b9fc7d4a3da2f26b594f3b4e3a1bdf9a738e6692a320718dfcb290c055571719590bd12125569c3c015c4ae4e1c3431e0b109af1688dbf7e4508d5797375b8bbff1f998db7673ffe4eb0f643bd0ac8d54322bf1d95a81d50c6969db0e57e58e245ec56f4d1815f7456825ef027ec619d4be40551e1178037e4071a1eaeb77603a5285f97bc22427d3f2b840081df376301f08113ad4fb296d32ef86723d4fefba05d8ed2bc8bd811600cefde087a6f6eddf897cb54ec3197ef30214499eba61e5795d22af2f50d5fda0565422838db0c3851c0800858adf7a9d22c76e0d59c56d318ed4932b98e82a10679d6ab9d84f12c647ce4f2fe2443e11b7a2baed6aaf554d4e0a7094db47593573c6e7082ef21938df71adc8a572a63655d8e3947a9d747cfa081604bfb0a0c16c5a548dc5815c4bec65a586d75d2d00ae5a337a493cf31061a5915bf777230908b756e9d83069d3a9f4c72da237db244ce12ce98bbd972e40d4a6d71c957008d9b70a6a8d4991000b1877cf57e0f63aecf3346c60d7c27423c083d77deb6c817c985a8bfaece0254e64f654a285c891f439dbad5c5266ff8b73cb145554c8f1d46845ff2cd4b352997d1f790ce36098f24b2318cd06efd98584dd4b1e0139594edee204b2a1c851e08ad1b35cc29af0e1c63566d70eccc284bd3102645e3a6c40380bf3edd69fde1f623e8f3b5bf39b4a43c9f0d9ae9bddf0990822da131154c19ce723b119b5ffd8dcfa4e97da3b8939d6cd66cdbb27461992e189dca6745c1038d145c615d0f0b0f2cc131b3cf518157a33d18c3b61b6bef68fcd672f04315426c59fd760233358faa38a9d8288b31e1c14c952e407d6408f4a50d7100bc6153e12b29d71147de122e94b6d85813c47a672c1de350f5fc5d7ebd09c531ba60a0e7ab44e792a3d5e7717e5cd7c6878ea05066594748db44e2e528e7cc2a8dd43cf37cdb638b139eb244f20a5ed8876dbe7c9d6920d0bcc6831197b1346377918476996bbc911b0f986cc734898d725c122abd84bd4546380d746346ce19fe7b8a7dfd81bd1a3847771fc2cfe7f9dc776087dc794d14f12bc1792216b9e5dd63e6c58b45e78c3669fadf2b28f41cc3a5846860298b107f1922a50dfc6ee8b843ba53be80d96ee9ac925dbc61b43f600df58eac9940405f0c5f2078bdc03deecb618bcc6fff6e8aa3185628cb437ed5bf810f416b7616f6cac007f765f5b78e2bce4ef071bde4b9b839a02ff93289277bdbd3d02921ba0bdae7f74dcfff3f2d29aaf06f641818155ae45925761fe286b370aab1ed891f0965cf6f24eacf870414ae4091d47fbd05d4440b80e29164c7a3ba0a845d51a9413dd049f47c23691c1960934c898b2426dcda501b24a4cf0f7dfece6c74414c953d994e36809a67f1689ea2646df1b16671c468f39267f8a723055aa52e716904f62eb8320d6d77870d9216159504111ef7e96579510fdad0154299c1246a116665503716399845be3359cd79f112ddb904bdf38e502a112dbee3fb013da892c23980248e403c681c24ebf5fba067dc9973fffde25b7e6e09d40315eb7c77c7efaaffbcd73d0ea6730129ec649fff66bf7df77ea7398f43fa02db247e67196dd70dadd8f8ea376c14c35cb57022e07e36138702bd7f421ee508963b5bed81a7f83722717e3939523a0d1689fc4c45e2365c14e9242dcfabe704d8d7965b375d16a978fac415a3f263dbdda85605ab14180775474d89ad2430cabbf27c3d35ecde400d5ba639b5d2878e01388b65c66947d989335ed8088f41705f9caa777720a9a0700cbd7f870815e7f5719aca2b49ba888e3a6e42b816a7ff353e12ff0d4bd9525e3d6c3b6967a5c3a0a9078f1002e37344051f8679e82e8c8054563ad0c4782fee2b95ab8c1c01cffcc70063c756d046b79093e9b5c391cf2f9e2f095a716f98da78f6c76dc6e64cd3389a01bf73b2e61f5daad0b8ffacbb317a564824e3bcaf1a76e4dc4cab654f749fb9818d1fea7af0b4e02e74f1ba370a7e5daed236fe0cd1e268f00ebd93ebf7d83048517292c8e63dc63705a1a3e8411d54821bde46ab15b8f4557a815a582ee1b411489df5edc3e274172a7f1db82f7ac21e707843e38bee90eb4dadf6d717d5f583ddcf52994e8e9c70e80ea526c36b77dfabc2a269f3851d5b9bc4a6fb45ea2f6c846f0635370b1fbd5784c4001df693f5f02013102f86f792f4cfe32c691b0d749d346b065121d4186d1b0d9331389b733e75f972cf3d4c14036af58e85fc9cd55dba17c0c60b030e25c27defa92ed40bbf7a03e7914ea6cc120f82a1788d2a1f06e5e6ba1c9b6ca11a78754203d84b42c1e49015d32335a7c20d02fe52a5ecf69fe439d140986e47341312efaad6450a4fa2f0226685fda0097394b5814af0744c9da44be4508d44b47378b4242f9a295aa72bb9150b2440f37eae9bc429645cc14c3e55c61c8ef092bf23d80c11e82ea5c6fcbe02f1c563d51853f9010fa23a6b86be28c0b8c8a4f1bcdb2c2f00181304b84875b5f18d626f97fb3c624a92ab665b06c748b7d8cee03643df587d380a753ed4a749bfcaf45eb593eee045b3c37a44ffa3ae2ee80d24220a1c87753dda9e3e36aa12a681dbd9a36fbaf694962b0f72231bfab531b733f0e0eb0120da8df9f9fccd66849993834d7e02412f6578d551dba1135ff66f9154e77b2eaa4dead6b9a4ff76fb8e9f2358c79f391b1513f1616d97224bb806a852a3afe3e9b589e003449dee7ce96e77d01cc31bcbe58b845dd3b2527da934b4c1a22ce90c72f1d2b386143c53ae045219c338d66554c465683ae551e95cade7d783e3e873209db78966748d92dd6436c3753a68b660e40d59c5e0562626bf170d77c14bcb597cca4c093576d5405a0f31860fc318b582e980c69050fe01a48fa3db90714e76688cbe408de622417a8636456b3c75731738bf847a5d6d595b10f05353bb9a70ecfc9941ff26283cd4bac20385516946f092e73f8b1f8cf82ad622442826c8fab45213d1687692ea4cc4fc9f7da61f319d5f703b6e649ad4a338e0b3b1112437b37cfed7b21f3012bf3d4276348c43258b395004c79e68cf2b319e6f6dca82dcde3427135e119a709c49a128a8ae2d4c1f71b324a4a3ecbaf66fe54a0c4bb9d694a9c027ef3e4f193a34d88bce29d8dffd3fe62');
INSERT INTO public.snapshots VALUES ('2026-Q2', 'all', '\x012574f0124e9fa514587239630ce5cfb40d37a0dcb0ab889717bb20e6d5c73a15bfdc6008afb1d3b192c79efada36560bd4d8b8cd70bb4789842cbd338bcdf9b6456f89ca63d801a4bdebdb00bd4753472e7f006b236c36cb80fcf27e033fa3823425cada193b034426c396f876b23a56e6af98298e4063708675bdb8e9e9827ff3e87ded0d5a887b459306ab70107f9dd8b4b15c29828934cfea87a3d0fb3164f73f3a36429c647bae841b25d8049d53f1e10996784736fc1bb0c0e50d18781d779e8f181f52b65b4eccb88b01a885d87c7c9e8429e1add20517d73a096e1a33c1e3005def683d3e8836659bbe3a401cfc839ca3a7fc10dbd3c191c14b52da52635c60830d3dbd27efb6e84ef5173646aa1d2f182e9c4726d566cccb6037f16b56002bec1caa4a980e736f322aa823143edc209dc7ed8f955a0de81d23dd91f13e83a19123eac5e9b363fe693daa4313b5d8f371d339d0d23a0cca651e090dd88f9cbc66d00a2006e70f6cf8bc717d32b298990d68e251bf90474ec0ef2df9b0fdb8cdc4592831cad4e9574dc90d4f858d3b8978d2dc113c62c7d05f567c0a86d48d84f3197b8be216b5f84c6bd322519f723334456817af582602868ccfb88153447e16740cc26b4fca57cee591f66bb31eb1f999c3e3f6768f41fe3ba38e8a62a650a038f64fa9a49e4cb9797fed9780f123be869f80bd03655c33b4b548a82d68a52a976f90a7c9a1a29a019db6f2881580a8fd73086971b9c1f3ddb92fc90202c2491a307923b0c3ddef70b146b613c15476ed667e4bea54283973839790bdf6954e3488b37f6b0c43ae998a52b1dfb04126216b40d839bdf92de7a0b48dee07e468148f529577b41b3d44a0f64cdfbb3b6fb6d587fc2fd8bc5d37fb79095c4744b905f93ca55c4126e9952a92d3eb4859a7a7ba1de3ec3f45aa7431c1c90b2401ff59037b98449c7630f99a912979ef6ea00f211f46d0076498ea2d3b1f96d6391f3dbc335d29f1f2200b1ca9ab117cb32b265b8fdddbe35e9f9c941dc5a2a468135e14a24f865b0903084fbe14118da90e8188d1e8dc48e43e32b0f169f1c8aa01c816fcbcbcaca9f6954d5e6aaefc26427d6c6cbd3076f8614001281de5b1fb1d2c6af5fb5a7603fb131b1ed1f05bed940a139dc2d856d013e27265bafe981cb4c5069c582ba993702847e2643ec7dd77fa46f4a2a24ecce3dcbab592b99c70d5b588c93a1afce96ea58d86459e7283400977b70380ea8ec2257f743769986a5bf556860ef7df81842dc859075a8dc52e13978d3c60471c2a8c1ffb5cb183e3c3fd68352c05228ae58736c162410e66890bc8c2a8b9d83b9c81dbec84ef6bc37d42a198bfe057d30f15f557c40ec8ce2ea45cb0bc8754a2d9c2637b88fab89037bd942e3a49725f5bc401e4230d2f44ca09c9f4578756aabc64fddc64061257e4c7500a38966dbed541c4a8461b6ef838557e357376dde9671848806dad18b19e80e0d68fe746ee42034e803d9db3a9c50cd650755026384af50f8ca8c1e79b1b3fa78d09353eb122ca65a98010be25f2251f38c03e0fd28aeab33199c2c4f1ce5858d057357e7eaa00aedbd4ee3702d02e94e74a5228bd89cb6e63eca1ecfa0efcd339247d59c1da1e5e417a10c804596b1b853d70b6e0d8688cfb112b36383e3b6b22d0a714f419e3f9da33b119f5ba506785bb6f90438f1c071d6441ef8cceb03ae9d4502fc06f7bdd740d66e808bfee9bb816b46bbe7a5a726f34792702f4d6ec6d86bbdbaedadc8727df52825a2fb5be79bf6b55804500316e53031354af5c7fd989669cc54e0354ddc3f14eb15c5763da23b8314cd23a659c8a2e64195c062ae6ecb7ec2ea7fdc2719590466cc6c256edbab5c202b91138ef44889ecc38fe2d5bec445a97e0fcf527ab2ffb5a0bd47ba0ba8e00d0b81ee603c25a5786d2972e5c995ca2381cf7fe0cad7c57d2513dadfc971f92dbc408907d295c2cff000a288ca8e74b33807a99750da6b40eea84912bc3d18cc3534b06caca9882710eb98779759e9fe86681095d20f6ed91d9d76d2d31d46d01ee05159c8e8817b9e87519dd5e0a1f6cbae57559faf93fcd27440da5f39d1bc2ce7e704c8aae7255311372e52c3df25caa79af5d2341722a690e1be06f1362c3cabb9c0052891ad94222097dc8f9868a45297931772fa072f25b7869447f5665849b0633ab878dc1034ef14f06e22006125fd8a0e6e89b8e3d7c28e02df982e3845b2e89f3207c944dac72420438789acb65ef5c60d24538885e0841fbaa009707d6bdb15a67bb20a92e563f00ba13f474edf80e4b671655039226778413f0e076bf6bc320d1b6d04ca2852b2ca9b63a0e3cd297539efe2e5e6262c2957bfc2b38909364211380beb6dd4561c100e432dda671628140885039ea8918011211135c08b128b11c35b6db5435e9572e9dcb526d896306c7444e4f5743b6dc2b2cf999a2fbd3d25f20bf47006ffabe5367bd65183d34951716ae445a53d884a96c25365842ab8eebf7506935e4944729db470fb9206221e932fe122b2ccc42ed979bd34478bd52dc1dce80b32c9bac5f86651e2eb400fe0787feacfa1252b4b66ac24e74c4840134e987195a6e2956ead03df7201146365a0d6bc3ca2cc0c1646ecb61583f9729970df902a3d208d81ee3e457884db02d2be1bb010e326a1ba924eadc587fe12fb8809c44bf8defbc3740d26c29558b1d125a8111b60f2a45b5b39be852aac8a8ba4d190de43a04cb29f8e719b6042c13e17554e57ce43771b0d4db1638c2b7ddb5e604d8789d43b3488140f470db1551d7965ce3a27111fb4b7e3cc0e1e9f8e4fb646213a29a436133389f5f763806546e09aa59a57f81e0c4d11ecad57543db2743d948d411d427d79a3eb48bb59fbb0ab609fa9904a21279b7ecea6de2bcdf5a382c52ea25f9c7f16df181d5c1ffe38f17edaf0acbf930d7e80eb39c5d44afd9b68f37af0bb4eebf267ff3652be2ffd07ec449ff25e79212f6a594ef45bdbbe105a85a17dd6be2939e7fa29a145301b0680d47ff6295e79869c6942238de60f195c47bc3a128b9b7e29cc1007d3417b0385c02511cc14ba5b6566789e6758bf741341ade47d956be8720854820fe42fa151bb6f78f943bdfd6478dfb8d80564e9588d0aca1ef24a9fcc69c9571cba74d32940ab6458f395eae56179f48fd96470df4e7738fa3afb6812f3d1de43c8bc0de8665542b30a66bc2240275c2e5724115f6eac429bd639a6cd637b22fc1b57154706e85c47d35b3f0041ebd5439600ef9e9545e486c6e86d0a26ad4b11f7f7ae6c4c244e67561b54c4d260b152695c936697980117879aacddeec016c0e47f3a6628d304178037900e7c794f76d1a1544b0ed4d535f143fd6ca7ac58a52076fc44831839dcd4a5459e74142ec1ec25be0f62288df2799fd67ffe3c5aac6ea9b5c24af723ab27f2d514cbb6cd3ea8ccd021d4e215066bb7bbe6cdcddab2742f158fef3c914ad0faba52e19e18b80e61eaa64d9df370053a82988f4cf0bc6dbd69d28ed24a32186f7c7c38f6ddc0f7b3d73cd10f65a00c0256c474cb8cccfa22136c2b944d215d4d786d713618144547a87dfe010ff83fd2aa6ffad3dabb4ac68935344e4aa28d7c544607fd686a377bec43a4322e7cdcacfa7d55730ad576c6f8cb2aa0d07d7c623b915c67c36be4103397e435fb842ccef9fc8d968298b7fc205e74c14ff1be77e953c43277f10460950aa62d94c4ce90edb56413c8d48900dcb1bf8905cfddb92d06922a877070cadcef6f5863759e1d91716cd1a40e561a71131d7a12c234c530581016de98722c8fcd98fe2d2b5d40d29392826c77608039005179aae853ce751f52cb1c0cfcad8f5ab97386582729b1c96f55dd6b140a978827ada4d9d0273b58293a5c438e3ae4846e751e41729112a9a92aaa008b44efb27b13573b4dad95be5c22f661a11d6929ac3ed9e0d67a1ebe3b8e0e658e11a90e539a2962a9b337c6617e336fc43958a27d36e4b5ef5770b7dfbead455cbc67ee553fada8d1fc1ae45430bb8aeab55042349286c0c87c202455a63f71e54e3415dfd6ed3f19a8e405655681ba4afe1f4fff295595dbd58f98177e5ca69f3204172c90a73a4d3100af3bf45e35d6d6a31edd9c63cff75453d8f427d67327a7c6595ccaea7b84e0cc9587440a52ef82fbbd2894a35443e841ad5d63f001fd25421a75cdd56a4a797e7f96d759d8d54f2f4eb5ad657dee0dd08f82fe5ad9cb7e995eefb70ed1dedb96587048cc265c899af3c116f4af8354ae95b7215db59df45c161602c320dcfd74d562bc46f2e70cf7e65425c9f5ce06a900ed6cfcc40f15726cb3fbb94e2e0b6ecb1dd3d59701bbbed693223ec1435b27899dc51cb62935a69d88b384bfa1081c93fadd5b1de83a4ca3b375c48527070c6649fddef5833403f5e3ac5f31180b7817aa4eac2e25b1b0b7702a5b138c9d1e1eb539a3385f5584aa187269847782a91d61b1c5d543e4a6502e11d1a6868072df54dc5644f80f151ada2ce2a5519c72567195040d6e513c2e4927151e95307b3c28ec9b770f58f038d7187b94d66d5169eac35');
INSERT INTO public.snapshots VALUES ('2026-Q2', 'U0DIRK', '\x01a2ebb3ccf165a5d6473e19be8fb0ee5356501ef016f2130c20671f61fa76c542be863ceec40a76d10c135b6f6503a3bda524d94823a00335676154ede8c89d2aec950e26935dc30032805ddacd35dda7ea85929cdb875745686ddd375061906f352af33bacf82c71fe2018f42c6a9b44b8c4a53170a42e862c78ad37d846b0f523438d8cb1d7d60cb161c313cea4a78f9a38d2f0abd159cf56022c45b6fedaf3bc4cdb2106fac8e759f5013ab2bc925d0532bd152d5f7fa90e319ed1211186d1c16c316d00ac4f350e9ef9ed83f4170b720394fc6956e6871027c4a43ecb72613889b095b3623e2242143f5d24eb67e503fb21719366aa875c8d6631ff7d0ea79438246c9c2d01656582c4b5672c1cd14b58e130d4f9ab20f52c092cd9e34042323d48e6d59ac47440cc446c133a635b2431070ff9a7c521b8778a879e29348adb818cc188fbbaa9dc8fc48ad86655523e4c51775e7f105f9ed22c1a8dbb137fa4ebf7a191560f2d4d196a736e092d810ff998f2c85066f6ccedc7a955a78aae6ba37efafd9f07fb365e69c72325808447fd335a435df6e06b551165e125fd60ff2fc8701644d1faecca213fa4117d737b721bae04aaf8478e63ec95e490cfb69651fc7331a3a443aaf28f702ebeeae1d7fe33633eb5f55a1744e3dbda10af967a5148f2e7ceecc076a39d7b7fe368fafe2c3fa566328ec620d6b79f0d584587b7f86cffec08c8875e8b7a7276edbe67cd7960007ffbdad8795378cea9cebc4d69e8e7fee9cf9473798d551ecb6016bd011fceb5b882556a54806b751ebd1abbdff0e91859eda13353e1b9a152f33bc184d083c48e020381a7d9b90d7696059a8be15430f3064ed8cfdcdb2324b3f0756f11e7ddcffbb318c1e74bc8053c176a31a41d9fa5e4efba69e60b5e1f1a8ba686f7b41d769eecf257b9bb0c2877e06d694f6364d3e30b8eeabc605c6661aab337425523165b68662fe2ed272487f0e85d12784c73f4750419ffef52935572b10940ea57b6a60988fe745d130c08ddaa939a566a2f4a09cd1389dae86cd11d956a68c18d4fd766a2eae77e8049c6330a3daf0b1f5af3256f8d7b40f7bc3c01143e508f9aca52734708391831307ac9a5fad2b37dd5cb8eb101dfecd5e1f3afb539c583b96807f5fa85fc4266420823ce8062a5e9ff5c8d8d452b5afe7ced76c04898e4312fc4c1c885aa86a1ea6fedf507252c41b5ebb117add04a2692eb375a6fa61812c9d557de0f3c948fd7ba7bd2c1f7c91f7f7e56520daccf94c9f3d3422e80fc6909f0bd07849ccd52cfd46225ee64c9f16ec9ea61d1e2dc5b121e567e7575928ccc28c36040f49fb732cc6b91201b566b89f39ca87d6083e4b62b675e32434912f8b00bfb80b0e67341c9ad3ad99d2fcec4a8a94fac3aea981e9be1050496fa07dbf837652d4b64806e0db36f238b71d5d014b9d2e2ce24736d543293fdb7de91d06a377564558150ab20ccf0c76f273c8e3d8a79f4b318d01eb13cd8a6e639bdc92b881d02c81cb3ff6ea059cfa186fac3933b146f1f72826f56e5d656c711ce956d2fa43d1a893f3d864ee2f3f91ae8433ffb812f5fd9369cd51843f94cdcf400f168185bf4f5d162d911726030f6273c1220e8ab283a81301af06a49d2662504ebae2ad17a1362cad714b44e1bd8fe44271f20d4ab41c28abc27d11cc019e6770599d87586ec6a4daffad7aa6a710d71e463cc73825273126806b32f9ae68a513ef12c023d25841b3493589865ede4f859736345024322a5e7af5360655c7bdbddb1905497d0ac9bffa3c183592bea5b6eef5fdfd3845cb2a4af3deb5168f0dc3a0c23f742ae2ad0b0aecc10973aa5fef18e6cdfb5b6a0437c570a4b73c33b6c033c0dcb0a8fd25974c324138d4d14d6f3ab94203be218350e9414e5c4a071fbe3827fac3e2fcd96f7551b8e2b0662a5eabcb9bf5aa5d8c5b18e0f189d273e7c1994876c32c22035e8cda1d2b4b8929025da18561e19a93ff93b5d68d7a2321c48fd7e46d9b28a24589c01afe889b438150cf529be5a6e9ebd3facfd7e42ded6443399ab0a2834c3ec736e8b426955d28b6e459c4c21b95634d14cd1c7420f2bd8cd72a71db0f781d5c11fc843dbc1ac4b99ccb499cc75abf74fbbc89df5a12c940bc9aa6f400f033e189843e5bde06196ea8b348fd6c3a41b27a6fc451d7f9c121dfd7c6f6469a308ac70143e2cadfbebc81e3c140d169467ed17ecf87d4657fde3ccb41080078d2bd543489a512089a28898352cc410c90d416eac141f9e8ca2d81637a7e2c6555de504592df5f04fca0959a5b7e16848c3ba0ff98bce1309713c5a7aaa82cbe3c7558af47b992c5f7adacb57015b127c4d1c326f99b61173f67aec2c200f780d37b084770f64d5806b250c78d34d1f140224931855e6ce75733d91c6eed3e6229a183aa4f708750258e048fb5bcc0ea9701878402561d3ef4a91eb298f8b09edd1782477d04629862d721dfb62e398bdd0d813b5eeaede19302bd3b8f42d34c665d4e26924d121960378822efe512d586c56723db7b76ad89c6c3668ee02293b7532fc8f2ee4567ffd037811ee547f6429d5895654fdb080d529c433f7e55e815fe815c63b341758c4cb480f407885bb83b91bc0e3cb12d3c0248ff3de779440ab2469520e56993c30a917fc022fc7f48c540c5b4692ef29fe50eb54bb59d3168f25e923d14e294cfdae18dc718e48382f889743a9df3c155c1efa8bad227fcede65f56d0c7fcb41bcdcd3fcfbc1b3c77a03c953f9c392cad340f6a94788b2cea64ad8da147a3e55a2dd2344f7563ac8395bfb737aa11d2a7361a581ee3c71bc6ec2b7504a3ff021d451b73ed93864bcc8b8b9b4bf044a3edbb8711b344bf29b6fb834a02ae782f5b710480b19d5141e46c912c81d9ff4b1917d065d1a280ef386aac32e06f5301c2b6536e1c4ef0b42fbbe69ef38aaee893101ba63d1df1298cfae28292b1605e0a516a30d7d22098506ec26349a8326b4f643cbe076c730c2024e1d778f97491eedf4d7404f09a11ae2f1c49075fa79199f21caac13f120fd01fcb354f2e915ebf11cdd769864b683ae00595b2a2ccd0248a7b42e90d1a4a13fba7bf7d3548c87e59f0d3f2784d28acd4b4604517a7811a7b0b6eb313c91a0de915dd6eb9c70ee775aa029e08028f029354eeb80cb7f423865d555b32cda23ee4088dd4dc4f49e18b9eb9a0ad50092d2580f2156fdcf040af293b4b9f48c8ca451f37ad0f61a1d2a5e02ed3f683b78378d9aa751ed2c4d8e073b2de8a917e899c8d671ab590dfe051140c121db2794b41e048dc3031b28a088a0abe0d23e9e368e76075a83af6f7090a028a87a529ec3597ddd0cdb55046f996286fd7f1b9538c1886a426d097e117938bb31be562eb4921f4135a64e0b4feba5caf50a70671ceebda1a7ff3a9b5cfcd6a3048b1a956cc9c4ecb12a6afc1740bd73d0e885c80a70ccb1f0eae570baa3ddb44160e8f4298ba607d95945aedf46e238c98673a28d409134b00fa64d497f4e500fef212b795f8d6bc1f64802c975316b9ea3ceefc8b04fc9936fa371050b75e11c3bff7aa91b5aaa138a7da8d39ef9cb5b928913818d51cbc5666d6d2f8cfb6f6ff2273ca8fbab0be63e89b5ff77d0efd7855a6c4b97bec1201bfbd56423fa449c721181db7e5a42d0317554c4285c1c3aa295cc14f022f1e504a8fb6b22cd56fe247fa667b025d69d41fae8051d63a493f78522437f658b5ccd2da5ecd10ce75c1a03801d0b32fabca549ffd0db25153ffc74bc287fd63f057fdbd36857dc41b427e8ee3aca45c71deed19d43efe6b1eaae1347c04061d4393d642444021b4beb568041b6f5fce9697d332299e92d595c9a7331cb58d2388ce2132800139af6b3794849adaadef0a7f123acb65e3e5dc1acab5f0d45a69444ac722d31ed1864865795fd5ea2fee99d464ba51b16d176a1945ea5542d4cfc39593afda02bec3095ba95f3ea1485c145b750d10a7097f8efe3376f965c516c96758be3f12c5f00da526e19ef0445ee2b771b036771d6e32e622b969953807e21d15f1b7cd338e26e570622eb35ea62e2c15b5df776a87b27833580b673f9171a0f36629714f40f4d4b8acd02e76a59410c8e96758d582735982399450f3fbf49907effaf909902be4e2ba0b9ba89f1f7e8edc3de03fa7fa3b41c14eef898ad3f694a47f24ac02888a6646635980aa641ae4f642710ec79298debead32522e80f49d248d7b5bef67428a61a6f9fabb03683318b33d0b67c2e76a6295c64b90b5a8425ec32fe9c1d3796e1e610fe7ca8dfb6f95f43253772ff7ad872650966f86331834df0e25b5a37d759c9a27dd137db8c740f6574fddedb0e050c249194c1f7560c423410d9226024a24c4caf49e648f094b847fb5261ae33979164f7e7601f4c518779ff28c0fc6218a202c929a97af860454a78109bad6b9139379aefce0af6debacbed029d4bb8e2ba1c5648e24f1a062b18c0a0be738740e84e911af4004386e3dc388e9dd592c522aa4db4585faa90b367cc3675120788d4df70f61af27987471c122d37a354a302c879f9823205c06d838db066954c5aa0');
INSERT INTO public.snapshots VALUES ('2026-Q2', 'U0OMAR', '\x01444bfbd55f709ceb84fed0acd2f0ff16705beb691089636e363b7487a24296d26fb40fd6721122fd9ba064c675b34bbcf000c9bd85c74ae8fcd61f646ec6708f6ef392a7eb2dced0c8a46daef71c6582bcb5eb2408d8605ead7170d257290b9a01521ab541aceac4df72a50509733a7a6a7d389dc7673e00f875990b675499e37870e9dbf6bd1ba414f0e7fcca881e59a0bdfa2ca81a0429d2359ecc0705f70dcfc6221eef48da2ad2d4d99c5bf3a8d5963e84d2b27c173279aa642b860da8e446cd4febac2a810dc0cbd6b3038d1fdcb3e2351960b65e19fd3d07aec70a5ee64abb4ef64d5ece13f3e8f65ee7fc68f050fbd405ab2268358d6d2872a568b00a1b3eb7e36ddf224123c1908a0a4d25a36410816155903b81b176b1e355380158ca224cfa8d30eac9d3f26fa160e196355696d28bd2ced5bb3d7b621a4be9bd127f3b8593bca7ba347b1631af8b771f8b0a21f98436ea3cb6e695b9601bb5df9ca0019b99617aadbbddec0809a02a26e5b70a9563bd036713a5ef59ce7c9dfa4c424ec15f8251077f945df23925c9952d5bebd3a07b1cd5f607827e3f706ff7f534be3a4ef6db19cc5c989d0955a194b66c29f2b07e41bdaf809db7102e29887bae6150243d66962e96dcbbdb7f9f42df55841e7b3b22568355c7ea93445881986e4c20ea74ca18f370eb15bbbd013ca1f52efce85d842e75078f494df879171fa2050fecd764fd0fdf24ec9d7df5c97d848a8c208e17666b09783d6ebb95e6eab19abe9602bae2da36c8d2b53b52daf22a19777b37425bede405fbf9a96d2a087ff7ddbd6175c3df4e24b063d8ad2d142ba5dc66f63c14d3a44d505ad2bd5a48a67dbf5f377e3b0021eaa3ce97fb094db4057d66566d80b9f308b731bbfba68898b3feedbca291bdd5f2c2d103d7c0d90a4a78735209e390635f1659853a8a0e650d801776196a1c3125bdf804c6bd215a0b0e3cbe6700a1368c6d60d69ea03a4bb179cd96c9f74fb8760d069f7bc48b35ecf6051dc22f92257de1ebd8a6f838daf5aeffcb582b24d2acf2e1dab72d74dc468c187795aabafa9926437a616e542e1db649f048d6e8932be3b6549948c798b3e061c36a77fc60d63bfcbe58ede1bf342ca0f8285826079191c49aedca41e574a2c48adc85c6b95143d46b51267d0ba60bd3aa57841a8fd0a6e1a3c10e48d566fc37daaf7135a99d40713130b480cf5af358e04c2c9668700dc654fa26f1680d73cdb8604634ac7f45568b4f9f572e0d0e1dae4e15eea2d663e6feade88ba6a33c2845a4e39d2d71f9fe39e3b6851cc3417ad3d7e861a30850a4a4adc8fc645f8ab5f01ab5d2f0f4494e2c1d56c59388af17b8e7fd365bca2776ecae4caf9bdaf13180d5ee8873172dd4d66d4b89131c9bb920d71668b69956233e7cb00359ae11477c84cc6b02070bf1597e3fab8ef18d959f65284b981f0fb4fc74f28256b9834ecd8d02f0fbb0d14da21db037ae1aa424500eb6d48b90d5cbd2600020f90d642d3294b07ff2c22c9cd71838a52d55d1ccb2649c9653385fc7fe6f1b398f337dd41bda81527793df97d68c124a367b8eda4e57d33fd479119406f0ae7e9562b21c288517f15adfc9a2fecd7a50fda09c33b93067f50210ac03433ee1ba2004544ae8e6b294ad4a24a025c2bf8af14949dd511799ca52cf3146c13a38555a20c249384931fb7d6d03f2acd4190df592b3276aac28ba90e407abdd5850982c8034704f85bb75cc632b8f6172128ba28143407e5eb58c753a1fef33808bc59caf9f157ba8b16465580588d5f5d3666cce9edd11d977019f09715f8c45f6a1d42971a06b0cb9da581262fadac6e8a5807bdbb6bd60b610cb355dd85e32fd6447eb32a01d62799910e1bf6a212e9ec1401634dd2d9caa38e7671a39cfd1d14a5ec35006c049ef9ffc76ed3a514c7d56a443549d60b0b6909b7df05f4ee35b699f1a368c4a7949b6b24babeb54a6448529e86883cea85900125cc33441979516aac7d92b3552107996290947c1a27e421aeb6e6f1313a916da1c45f909192259052fa2ffe542818b6ea2fe421d0010dc2e7341671275f62e3b98a510a8d970790b6bf4fa12a1a973d873fc7af32018f006e52bb44ce3c0491b283b3130d5334b8bfe32503bd3a20ec565eff91bb51d908b3ddb059c58e29a211c70be413652cab77e7794d5ee44f02ab10f911f045550baae1d920864ab9e8d997809ecc0be9d914b8aa25189342bc44235b26813bd67e6aca86a406573c4ebf23b8d2f41e721d05e6a204ee871a4f6c89f533e70a325702f58e0668deebb19308a8f76cda00d15df3f042740fac6f94350d5e1653d4d2ced02ea3ed83c7518e5473b7e55ec6229584d02ba9747daff43346a1490a8272e59634cb847c20f91aa51d78993b10817b95573ecf25966a1d240b26d925b2faf35469fcf1905da33b96f02df9ddfe8b35c437b0607c3aef61a9a9fc6f770b95a9204d1527ceb6ef1445096f98e1bdc43e6415e94928ad405a5bd6d5570b309ae712968a8d40ac97e5a028647671731855e65a9c405d626768900e6b73c1cc30b7d9dd0737482d1cfed11dd06538a6cde8e2834b493e68c8d142bc729cbdaa24de0bc632ceab52a677da9af7c48fc9373ad8419cb639a7def9a4a31d876aa296af7716ab95319aba248fdfa8e33abf82bb31cf3e9e9159d4f8d6de0ab7603d47ef741c9ec9d593129a502ab38ded734e3426995a84e9b8fea2b1a653e2f9d7acc13d60ce524c4caa3d486e191938fe8e3584542cdea9da7ec18eaeb0cb09424a2a3168d5b5553ea58db9df4ad9aab70952b852dfd43bdb61b670ecd9739f9d6ca3a4461d99904d816ed457643a7206345fb5a901930fc0daabfd77cc0c35b393493defcc62e488429d4f0ecbb071d81c1aa9df2ac477d94d89f11247917fab5387576259af0287831fbfd4bd29eac5fc4447b656b46e56af92a968580338146071e3e19c83c394d814f06aa0c10c8b77a89a0afc4680d1d62f1e9dc1d63877914f8142ac2d32ddf281440e147eab961cc9e533d556e633ac1def3ad9877696d6b4c10732b6ace18330a768b4d004735e2a37a5c1619fd011d21abe543ba68610f7d54f9793f0a37e6f6b4051c1256de43ca0c278f8de1ae1fd22195c157727813ae3ddd8a42c7e23b806e784d568c92b83d61a94690aa67a5bdfc63b367d78bca638be094b48fc377bf35b753779d07eeeab6d00240a01305b4d77370061b099ef0d6b69436c46a3ee0845c8e619b07e77dadeb5a00195b0d6c04f30cdd3cc525710b9f15dd55d166e68527dc7a455b6acf2bf9b1a76692eb8493fd6487e13c01c6177dd2b5d002d2364f65998e9fb5e85f280a51775c681a20d38f42d334e3641400c89a2af41d0f005f461369f81e1158f11c4702d5d5d29c533cc3b3ba41ecd1d49c3fee851c72b25a489571dfd4204c66351ca273f769de2fd40fff3863ed2e37a98474e08e46c5fe8c0601d51827a9afa83b74115ba78b2980cd694a5a0a08ec1a97cf419ade6eafe42d15e70921ea459f467cdb84afe4450df503d78df87f282334db9a7b2db6bc4884661fc66dde918ee024494da0f26f96ea385eee61a967cd1daf577ae56ed587638462e90e4c93f982b89d4d480e9108345023eda90dbfa9d5ef37f5172d4a2b7d92a25ec72cfe0c53d595db91c3b334de98fe978ba473c5d2dc3128b243847ff3621ff3a5275c3b6ce2f565008920e6c9b62c5e160fac66fb5aae18a4759d95aa2b33efe429978bf56e66c41d16f4b1972a2859fc9bbf44aebda5d011c17dd7153cb56bee904e848c248f78b7bed6ddaa2c84a1bcf4a16f670c2e1ccc0d2cbf34e469fddc7151bb18d42139bc17934c2e4178df8daf801f1b3aecebff3061a15d3f4c7f9bb1af4f7764094926d85200e30763df2f20c1585fc6e487856fb0ff85ca198522d2998c1f10ae475dedc0b54219763a1aad3a72894612db887b45d52b17b0eea1b532d3472e355dde828834b39a47c9802372f0666d02a3de64e88b8bd6d182959cfa31a251fa136be582c98d06dc7950299d61a5e9ba08a540b78d0cda88a5e03672880d9bf6650076f087e86dfabc75b75bbfcddd662d1669559c46de5f61131bf1cdc2433fb1f3ef98bc9a02b2c737e03e628b07245634de83edc1b4f3135190d9bf22309994b32fac261fbb87389c74393826e509245d5545a7d93bfce99e3b8fba1637a0e72c5dc0f1464998b62cd9cf6d3cf1feb32ad91a08d45e087c97e8754370bc2006ac3c46c92adc72fafdf799c535353a226a1cdba1480c3d337ba5063c3a9f3e628e8e46081e88c0fa2309b858934ed035763eb908c8aad31b38cd8988a1dce95df9a296d5e1c467f74f82ff7fbebfdeaa254f5823134bad2ded34b2718d2be51655a6b7f7a3723c5957102a1f071d5a62ad7d97eccfed5ac4ae66eda6f92c742d8c80c7c67ac8420f0ce8fd6ee29d77f427339b37dbde49b66a9967507b9881115920a982af7f66b69396eb35e4afaa73f0d27cc696e8400c1de6e6f01893827935844c2e604aa617e92808c3747d372467485f6fd071d17f3f7f1f21748df30274');
INSERT INTO public.snapshots VALUES ('2026-Q2', 'U0LOTTE', '\x01e59c5ce3867286850d1dcd71a83538e147fba8e32dcd50d9e14fd4bb3e031c0a029e7d6f2f5846a1b5fdc660a65831a6fb5914090c1895ceaf9992c8af54d8937d6793a6126eb9f82afc1441aad21c1bbdd00d5a17f094c732e50161eb5e5b321fe655b257ff29767892237348fda943c9b42e5067c553232c495f3127168f6e90fe9aca84bb2d159674ba3b3c98fc070974c717d11349f9ce1d20c29470fdfd67ced48bb9304c0339ab0095cb5a8fbdc4909c1494d922fcbe8c0a975de5042ee97d04fc6c37f269e93eb7c78ec1710f4f6953eb3a46f5064fd09ba58ed77b99a9d08f3b2277614450f43d07644cb8063fbc1b24c1ec746474ad819270aa99f9a6d630382de74191d44b6c9d43f000200ec4cb9220ee268844df2e7cd3b0aec424cd5a3bec423b7e6028bc719cab1ffc963e265e04f2680dd30f5dbb047b1287b36869be75a1b949f3fbfdf91578f6908bbad55b512490d0b51457c74406ecd25f270534defefe51b96329ae10eb8772ce750802a7ebb75a8ad2bfedef9d3418e096457560836dacf9b9f2fee820cedb7385a5148f3701c659eb7f9ef9eeee53a63e6dac79993a8f1f665f69fc0761c2a0cf7ed14293f31facc13583cef386d9fa7c7f20fbf2b08f6ea5ba0718d0bfdaabd8f104d2372c424c4895d6438e51878a1a3db8df857121aba87df671a647d2a8dc536070996d4632f7092cce1e50ddfb6528e0832ef9db7a2f1cfbe0e1defd9c5f63882c9e9488bb712aa0c1cd148b390cf90777e2065a44f62ba444a27812a9cd031391f3104ef394e43748483bc47da351891a627613e0cdeeebc6d7be1657b21a5e54e86dee903cafa1fe0706e8f3d01db7686c6238e8f61fbffaf35ac4da8c715dc3ffc1f9f0bf42a5ac248f8fa2c7db2a3e85f98076184930116fb1f68cca7474c8e898606b74d4c0958c53d82bb677bb30138e5e99ddc373fbf11a0931873619722e2b0becabff6790dfc8ec6c2759529ea8fc8beaaea4d6c4faaa6349db960de2c2d529f2bb68c204546e52f224526277e932e04183cb9c9e0e93f88951043fa14108bce96c70ecf3a430bb5419903d5da6f2178846eb993e4b32f18f9578c77d1cd3d9272e14b2f9caa33ecc9cfd296a144941bf0ae05be43fad9a109794293cb54e4fb942c80d26a4621c771d9220af3f297eeae81ef77a837cb2b47c2c8734c9092a562ae4403f109c84c601690b7d7ff34e5aab16b6c538e9090a388b0ee68b7dc5ec2e336e3e4e23e6ebddaa9e8fe873ad84a51557d4273cd43e0a64a3f97473e0720ca92e9bd92c12a2f041ffccff806ad20802e112b5dc5fc8003db01ba8b2aea40b221979c6d4a51865f2e21ad7b20930369a7b87b50e5e7e78839e759cedd135573bc4289d2142078ceda03d411ebff3d7105757b11e241a11eace9856ad0507b1f03f6837723ee63308fe572cec3e5d374e5709b50e52431868aa06212342f0af30d72d47ae88f83fe71c818b9aa1c14c201f66e382effe258c50bf15f6afc4550413a3c923f0c209f6e1c7e62d8e6e052c06f268acdce8c836b91fcb5ddf06b69c51d809deb15baeeded2420c5d7b5ab45b7f3e2815b7a49fd685f429bc4326a176e5f97875a3304587d4a78bbce33d124fc0031d02491fa3cd4466cc79179962237bee989d3b4cdc7ea6012de30f05862d7638780045c94029b937cfd3e9a1fb4cd00d4a08a37fc963c73ba167ea69ad241c296b7f96d84e325251dbfcc1d83e3ca37b346a78267923b4621ea3c790fd9de24f080c264e42d59b9eef762b1e20597608581226252fcd1e7e34e2cfd551eb46d1f1d6773cfb6bb7d021e10101ad3e063ada3d2bc4026490d2b03229563b5b3cfa58607106e54e7c65c2a52e340349ec565baaa39821a6a1ede338013f6112ab9549b6bfa1a02c6f0a58991599f544a0afe2f6f8dc57f109083df84bff5eb6d327785b32d81e6b53477dec7116f977c19da89dd914d9ebe19f654981d2382e3273437ef5fb90285f7c13db4680220bb68fb773abbd7ed7f3b02459e5af72f29160529903cc83db670b1054cfc6be993f24f7ba0e7e70d199b9ff0ddd0218bb751817fbd3852738ced16b1a7a4c1e7faa2981981ecbc7723359eafce831d39141580304df2e72330108bba4a7a7625c02d9c9e11ec701e1b46f2dc0bc90518889b635f49bd747607124c1f773ef543e5de95387c56c38c1a051fc11d5a816d4b53c07801da78e13aea4ffb073e36c75ae058ac2e01ebf36b70c7775c0e5420b5a1077147ddd69c7b3614a7d1c8e90c1bf023f50dcac3ca3f0db3d23c0d59fa8692e77ea9153c398dc86d409b698d17a9ebc4dedea4b36c1e70c5b6fc6a78903af7f72c89f799fc62b42389474a63c896c18e94b0719d3d4fc95d484eb3ee0bd4467b0de82228d1dcad63d3e33059995a95e8d3e858e5fcb29e328e193dc9f780118d33733ae72c3d4a3b20007bb4442b81e437eb271b3c3a70867d4ed24fff9b47e28a82f97393aa60f5cb9e89e0514985376af0bddc83f345d44ba150f578912ed6371d535b3c238a0dae112ac36eea19ce53fd6c5b1069935ca4a9f9cf0cb1916f35b2c87c68454758a00bdecd5f73be896a8713b2f3170d5a1b8b38e2d357521cc046d38d6298eb50f7ae7102530f7c545148455b658ff3f90bfc8797f9c392b3be51eb3f7b7900a75f7f14830e5c259c8eea030fe044a4e05493aeddeabd9b2e0d6e4028449134d64843036f8b668e010ea73b99a03f0e92cee7b19bc4a664dcc04ea6025f45d49e37d9b16ef910dec1b4212794d1696dd3e3359116d5ec6485c5d6cea5c6f9a705b33a71c8b0ff71de3dd3503e9d1aa50bcebf19bcc95ed32db76b95f98fa93215c58dfeb276c938dc3ba0e02d8c7c81d0cc6eb3702e21853d2718bfaa87e7673ac24762222e83cc1513b12646695f3e4e49785aa2317dcbd922b3fe131758cff1c4dd30b63e7a354e241c8249d359c157593c16b341e78c63f17d3f5716db0930337ca631f6ff1fc8aee30f1d7fe2b1d5704bc59790d46b1b4a4c6785cde2f5805769527391d7240c9aea87a7ce1d592ab5a22625d50e81cda7b3fda66c53ee366b738e80f0420fc4169660682663f04f27d786b5bf1b312aea4f058d8a2e72c75c50581e02279d626b2c901d633773a7e9723ad06920bb888de19cb5421bcd21bd2e9016c83088a908adeccb67eefb8640ff070f967056db6d7f19e75116c602f4ee275589b983f442e4969dfbf9462b93f4c92032aa2accb387090efecb6af2e7917b17b3192664a7d7f0f099752556389ebd4723332951d74e51dc011175fb796b1c3140b282b7afe9068258824842ef3a42758876d947315ad67f6f76d5b1f7a06b74137ff29d6f724a5995acfc7e1f6e96e2c82d02718bd42209b650c2926363a46f30584650b365d083ff57aa29792816ecce21074fb44349008b4c70ed8ad2d0e1d367e2cb0a118c5aac701d7634d99f5d5008bb7704eccf6d80fca13a20f2c21538746f6f587f0979e3286729d7d71c7b9331f9257dc50ccacd0ebd691d1f54d254d67897b08ee88e9438aa2e473fc9c6bca5e972102bfcffc2f9c75218af6a7b73a95fed7c674bf1c9c9195c6ce05a289bef98e8d9012aea790120fac3dd0fd317190928e93c685534903774cba4f77e134c46da1c307da59ca0760f45d43a05657c234ae5d6141ba2c01437029103a537079b6ff072babdb78d27230adb9bc718d5b1fd0bcb9b95ce85caed7fa7ce2fafee2b04757cebcec372654119a5c91b6cc56611a438e0a517116f0d2da794d1cb7fd173c7e734752e723c55388269a55b786a7098f4d68378810e31c0fa1db8de0f99477ddec0618d7a903a1b5ce3a1a1535be75d0b26bb2ba20ad865fe76763afd441b3376af8a69f8946dd288231d7c84be99aa72ece1c8a077028eb8433d417d1828a2ab42b2ab55c6a9b9ca9344cc73f5ff0a00d79a868517050ee306bc3cc930373122ccb1df07baf54b0e8d6495b08b9b7ac3d26b990aded14b75fcbab073bed600976c58aca44ebf7e9621775aa957dc00cb56a78cb6dd555490f0fd39b28f52bb113092af7abf0edc81f03aee78e139ae9368b4915723f7c853be39375f45559eff671ae9edf074bc420368b480192757eeae18b065d87f8c93543d157c0895f83c7d60a00e5ec4979b840662355944a07bf88374c544bec4a95ec0f4537d7b9f516647f002c847651002d2b7e723687a3605cb2e780b360ee94d3887367c27822553484c71c38d82bc0be3af1500ba4ae0505a88b25ddb40254835b5811895e0000da7363569a162840da50ace1162de7694fcc5490e7949e0c9ed4b678ef1e62c2bdbb71555195a9a08757558c13b6fbbf4afbe6915e5bf2f24de52e29819f3f2f3786baa1b1803bb7d94040b798fc8fac26ce7b750c2de54035f88f33b54a0b2154bb2fa634b6162f378dfc6fa1c80b16c265c35dda10496004ff4698cae4a5b612c0529ce2fa3258f8d6c3081c5a37c7ad6bb6b46356812f4c54788f6a8fb810dd92a2e2ba214af7c0862b6d3893ea22955f013be26c08c369714bf76b29cba56f9f42a12f130a68aa82163c6');


--
-- Data for Name: unannounced; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: views; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.views VALUES ('2FJGN5RHP7KJU5SQKUKKZVP36T', 'case', 'C0KLACHTEN', '1796136148.041709', 7);
INSERT INTO public.views VALUES ('EMF5MMLV6C2YFDOTU35K3LZMOI', 'case', 'C0KLACHTEN', '1796136148.119464', 8);
INSERT INTO public.views VALUES ('6BJQVYY3HIEG3OOGXCQ64EMHVV', 'case', 'C0KLACHTEN', '1796136147.434080', 7);
INSERT INTO public.views VALUES ('GTAFA4RXGJQLEKAGDEUQYNXRVY', 'case', 'C0KLACHTEN', '1796136148.525038', 6);
INSERT INTO public.views VALUES ('LCNJJS6JPZLOBCYJ3YQX3XGXZ4', 'case', 'C0KLACHTEN', '1796136147.527023', 6);
INSERT INTO public.views VALUES ('NGK5AEELJMQTJYMIKDF23UUWP5', 'case', 'C0KLACHTEN', '1796136147.833424', 5);
INSERT INTO public.views VALUES ('G6RQKWTY72QCLBHICWG2OIEPWC', 'case', 'C0KLACHTEN', '1796136147.942084', 7);
INSERT INTO public.views VALUES ('V4JT274NEJ47P7ZLZSDHLZD7CR', 'case', 'D0SIM000009', '1796136148.208908', 6);
INSERT INTO public.views VALUES ('MYZ4SWH4BJQONGNTKHMIHEO2FW', 'case', 'C0KLACHTEN', '1796136148.367437', 5);
INSERT INTO public.views VALUES ('XMA3DH4CAIP7Z6R3ZSKDKDORP6', 'case', 'C0KLACHTEN', '1796136147.176606', 6);
INSERT INTO public.views VALUES ('OMKMNZ3Z6BC7RRHMW5RZ24CHCK', 'case', 'C0KLACHTEN', '1796136147.230107', 6);
INSERT INTO public.views VALUES ('TSQU454VESALNHRURDFTOS45I3', 'case', 'C0KLACHTEN', '1796136147.736860', 6);


--
-- Data for Name: void_numbers; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Name: goose_db_version_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.goose_db_version_id_seq', 22, true);


--
-- Name: absences absences_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.absences
    ADD CONSTRAINT absences_pkey PRIMARY KEY (person, first_day);


--
-- Name: announcements announcements_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.announcements
    ADD CONSTRAINT announcements_pkey PRIMARY KEY (complaint);


--
-- Name: attachments attachments_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_pkey PRIMARY KEY (complaint, ordinal);


--
-- Name: case_keys case_keys_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.case_keys
    ADD CONSTRAINT case_keys_pkey PRIMARY KEY (complaint);


--
-- Name: complaints complaints_number_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.complaints
    ADD CONSTRAINT complaints_number_key UNIQUE (number);


--
-- Name: complaints complaints_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.complaints
    ADD CONSTRAINT complaints_pkey PRIMARY KEY (id);


--
-- Name: complaints complaints_series_year_ordinal_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.complaints
    ADD CONSTRAINT complaints_series_year_ordinal_key UNIQUE (series, year, ordinal);


--
-- Name: concerns concerns_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.concerns
    ADD CONSTRAINT concerns_pkey PRIMARY KEY (complaint, person);


--
-- Name: contacts contacts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (complaint, kind);


--
-- Name: digest_items digest_items_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.digest_items
    ADD CONSTRAINT digest_items_pkey PRIMARY KEY (person, complaint, watch);


--
-- Name: erasures erasures_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_pkey PRIMARY KEY (complaint);


--
-- Name: goose_db_version goose_db_version_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.goose_db_version
    ADD CONSTRAINT goose_db_version_pkey PRIMARY KEY (id);


--
-- Name: journal journal_gesture_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.journal
    ADD CONSTRAINT journal_gesture_key UNIQUE (gesture);


--
-- Name: journal journal_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.journal
    ADD CONSTRAINT journal_pkey PRIMARY KEY (complaint, line);


--
-- Name: lanes lanes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.lanes
    ADD CONSTRAINT lanes_pkey PRIMARY KEY (lane);


--
-- Name: leftovers leftovers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.leftovers
    ADD CONSTRAINT leftovers_pkey PRIMARY KEY (complaint, lane, channel, ts, mark);


--
-- Name: links links_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_pkey PRIMARY KEY (complaint, other);


--
-- Name: messages messages_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (complaint, channel, ts);


--
-- Name: meta meta_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meta
    ADD CONSTRAINT meta_pkey PRIMARY KEY (name);


--
-- Name: outbox outbox_rows_complaint_version_ordinal_surface_person_what_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_rows_complaint_version_ordinal_surface_person_what_key UNIQUE (complaint, version, ordinal, surface, person, slot);


--
-- Name: outbox outbox_rows_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_rows_pkey PRIMARY KEY (id);


--
-- Name: outgoing_files outgoing_files_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outgoing_files
    ADD CONSTRAINT outgoing_files_pkey PRIMARY KEY (id);


--
-- Name: people people_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (person);


--
-- Name: promises promises_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.promises
    ADD CONSTRAINT promises_pkey PRIMARY KEY (complaint, ordinal);


--
-- Name: quarters quarters_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quarters
    ADD CONSTRAINT quarters_pkey PRIMARY KEY (audience, quarter);


--
-- Name: recommendations recommendations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.recommendations
    ADD CONSTRAINT recommendations_pkey PRIMARY KEY (id);


--
-- Name: records records_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_pkey PRIMARY KEY (complaint, line, ordinal);


--
-- Name: register_chain register_chain_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.register_chain
    ADD CONSTRAINT register_chain_pkey PRIMARY KEY (line);


--
-- Name: register_head register_head_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.register_head
    ADD CONSTRAINT register_head_pkey PRIMARY KEY (id);


--
-- Name: remnants remnants_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.remnants
    ADD CONSTRAINT remnants_pkey PRIMARY KEY (complaint, channel, ts);


--
-- Name: review_gestures review_gestures_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.review_gestures
    ADD CONSTRAINT review_gestures_pkey PRIMARY KEY (gesture);


--
-- Name: reviews reviews_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT reviews_pkey PRIMARY KEY (quarter, audience);


--
-- Name: run_days run_days_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.run_days
    ADD CONSTRAINT run_days_pkey PRIMARY KEY (day);


--
-- Name: snapshots snapshots_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.snapshots
    ADD CONSTRAINT snapshots_pkey PRIMARY KEY (quarter, audience);


--
-- Name: unannounced unannounced_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.unannounced
    ADD CONSTRAINT unannounced_pkey PRIMARY KEY (complaint);


--
-- Name: views views_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.views
    ADD CONSTRAINT views_pkey PRIMARY KEY (complaint, surface);


--
-- Name: void_numbers void_numbers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.void_numbers
    ADD CONSTRAINT void_numbers_pkey PRIMARY KEY (number);


--
-- Name: void_numbers void_numbers_series_year_ordinal_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.void_numbers
    ADD CONSTRAINT void_numbers_series_year_ordinal_key UNIQUE (series, year, ordinal);


--
-- Name: complaints_asked; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX complaints_asked ON public.complaints USING btree (id) WHERE (erasure_by <> ''::text);


--
-- Name: complaints_category; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX complaints_category ON public.complaints USING btree (category, year, series, ordinal) WHERE (state <> 'erased'::text);


--
-- Name: complaints_closed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX complaints_closed ON public.complaints USING btree (closed_at, year, series, ordinal) WHERE (state = 'closed'::text);


--
-- Name: complaints_concerned; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX complaints_concerned ON public.complaints USING btree (id) WHERE (concerned > 0);


--
-- Name: complaints_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX complaints_due ON public.complaints USING btree (next_at) WHERE (next_at IS NOT NULL);


--
-- Name: complaints_due_first; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX complaints_due_first ON public.complaints USING btree (due, year, series, ordinal) WHERE (due <> ''::text);


--
-- Name: complaints_handled; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX complaints_handled ON public.complaints USING btree (owner, year, series, ordinal) WHERE ((state <> 'erased'::text) AND (state <> 'closed'::text));


--
-- Name: complaints_held; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX complaints_held ON public.complaints USING btree (next_at) WHERE ((state = 'closed'::text) AND (hold_review <> ''::text));


--
-- Name: complaints_logged; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX complaints_logged ON public.complaints USING btree (logged_by, year, series, ordinal);


--
-- Name: complaints_offering; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX complaints_offering ON public.complaints USING btree (offering_key, year, series, ordinal);


--
-- Name: complaints_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX complaints_open ON public.complaints USING btree (year, series, ordinal) WHERE ((state <> 'erased'::text) AND (state <> 'closed'::text));


--
-- Name: complaints_owner; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX complaints_owner ON public.complaints USING btree (owner, year, series, ordinal);


--
-- Name: complaints_placed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX complaints_placed ON public.complaints USING btree (year, series, ordinal) WHERE (state <> 'erased'::text);


--
-- Name: complaints_received; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX complaints_received ON public.complaints USING btree (received);


--
-- Name: complaints_waiting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX complaints_waiting ON public.complaints USING btree (year, series, ordinal) WHERE (state = 'waiting'::text);


--
-- Name: concerns_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX concerns_person ON public.concerns USING btree (person, complaint);


--
-- Name: contacts_hash; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contacts_hash ON public.contacts USING btree (hash);


--
-- Name: digest_items_first; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX digest_items_first ON public.digest_items USING btree (person, presses, complaint, watch, round);


--
-- Name: messages_place; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX messages_place ON public.messages USING btree (channel, ts);


--
-- Name: outbox_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_due ON public.outbox USING btree (lane, edit, due_at, version, ordinal);


--
-- Name: outbox_parked; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_parked ON public.outbox USING btree (person) WHERE (due_at = '253370764800000'::bigint);


--
-- Name: people_language; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX people_language ON public.people USING btree (person) WHERE (language <> ''::text);


--
-- Name: recommendations_remind; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX recommendations_remind ON public.recommendations USING btree (remind) WHERE (remind <> ''::text);


--
-- Name: announcements announcements_complaint_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.announcements
    ADD CONSTRAINT announcements_complaint_fkey FOREIGN KEY (complaint) REFERENCES public.complaints(id);


--
-- Name: attachments attachments_complaint_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_complaint_fkey FOREIGN KEY (complaint) REFERENCES public.complaints(id);


--
-- Name: case_keys case_keys_complaint_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.case_keys
    ADD CONSTRAINT case_keys_complaint_fkey FOREIGN KEY (complaint) REFERENCES public.complaints(id);


--
-- Name: concerns concerns_complaint_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.concerns
    ADD CONSTRAINT concerns_complaint_fkey FOREIGN KEY (complaint) REFERENCES public.complaints(id);


--
-- Name: contacts contacts_complaint_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_complaint_fkey FOREIGN KEY (complaint) REFERENCES public.complaints(id);


--
-- Name: digest_items digest_items_complaint_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.digest_items
    ADD CONSTRAINT digest_items_complaint_fkey FOREIGN KEY (complaint) REFERENCES public.complaints(id);


--
-- Name: leftovers leftovers_complaint_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.leftovers
    ADD CONSTRAINT leftovers_complaint_fkey FOREIGN KEY (complaint) REFERENCES public.complaints(id);


--
-- Name: links links_complaint_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_complaint_fkey FOREIGN KEY (complaint) REFERENCES public.complaints(id);


--
-- Name: links links_other_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_other_fkey FOREIGN KEY (other) REFERENCES public.complaints(id);


--
-- Name: messages messages_complaint_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_complaint_fkey FOREIGN KEY (complaint) REFERENCES public.complaints(id);


--
-- Name: promises promises_complaint_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.promises
    ADD CONSTRAINT promises_complaint_fkey FOREIGN KEY (complaint) REFERENCES public.complaints(id);


--
-- Name: records records_complaint_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_complaint_fkey FOREIGN KEY (complaint) REFERENCES public.complaints(id);


--
-- Name: remnants remnants_complaint_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.remnants
    ADD CONSTRAINT remnants_complaint_fkey FOREIGN KEY (complaint) REFERENCES public.complaints(id);


--
-- Name: unannounced unannounced_complaint_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.unannounced
    ADD CONSTRAINT unannounced_complaint_fkey FOREIGN KEY (complaint) REFERENCES public.complaints(id);


--
-- Name: views views_complaint_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.views
    ADD CONSTRAINT views_complaint_fkey FOREIGN KEY (complaint) REFERENCES public.complaints(id);


--
-- PostgreSQL database dump complete
--


