/* Every function that carries out an action of the plan, by the file it lives in. */
#ifndef HEXE_ACTIONS_H
#define HEXE_ACTIONS_H

#include "opcodes.h"

/* execute.c */
action_function do_nothing;

/* cgroup.c */
action_function do_cgroup_create, do_cgroup_write, do_cgroup_enable;

/* scope.c */
action_function do_scope_create;

/* outcome.c */
action_function do_limit_text, do_usage;

/* status.c */
action_function do_status_descriptor, do_status_file, do_status_facts, do_refuse;

/* inherited.c */
action_function do_info_descriptor, do_block_descriptor, do_sync_descriptor;

/* private_dir.c */
action_function do_private_directory;

/* spawn.c */
action_function do_spawn, do_time_limit;

/* init.c */
action_function do_init;

/* namespaces.c */
action_function do_unshare, do_id_map, do_limit_user_namespaces, do_hostname, do_loopback_up;

/* root.c */
action_function do_propagation, do_root_tmpfs, do_root_host, do_pivot_root;

/* mounts.c */
action_function do_bind, do_tmpfs, do_proc, do_devpts, do_mqueue, do_mount_attributes;

/* tree.c */
action_function do_mkdir, do_symlink;

/* files.c */
action_function do_file, do_file_over, do_file_from;

/* overlay.c */
action_function do_overlay_layer, do_overlay, do_overlay_kept;

/* privileges.c */
action_function do_clear_groups, do_rlimit, do_drop_capabilities, do_no_new_privileges, do_new_session;
action_function do_seccomp_filter;

/* startup.c */
action_function do_argv0, do_attribute, do_enter_directory, do_pass_descriptor;

/* pty.c */
action_function do_terminal;

/* descriptors.c */
action_function do_close_descriptors;

/* id_maps.c */
action_function do_id_maps;

/* guard.c, watch.c */
action_function do_protect, do_hide, do_watch;

/* environment.c */
action_function do_filter_environment, do_setenv, do_unsetenv, do_clearenv, do_chdir;

/* landlock.c */
action_function do_landlock_ruleset, do_landlock_path, do_landlock_port, do_landlock_restrict;

/* landlock_guards.c */
action_function do_landlock_guard;

/* queries.c */
action_function do_landlock_query, do_clone3_query, do_mount_api_query, do_process_limit_query;

#endif
