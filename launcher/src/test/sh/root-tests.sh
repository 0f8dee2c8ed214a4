#!/bin/sh
# A root that only covers the old one, as on an initramfs: it must be as good as one that takes its place.
set -u
. "$BIN/tap.sh"

ro='MOUNT_ATTR_RDONLY|MOUNT_ATTR_NOSUID|MOUNT_ATTR_NODEV'
covered() { # LINES before the end
    echo 'spawn CLONE_NEWUSER|CLONE_NEWNS|CLONE_NEWPID 0
id-map 1000 UID 1000 GID
propagation MS_SLAVE
root-tmpfs 0 0755'
    for top in usr bin sbin lib lib64 etc; do
        [ -L /$top ] && echo "symlink $(readlink /$top) /$top"
        [ ! -L /$top ] && [ -d /$top ] && echo "bind /$top /$top $ro 9"
    done
    echo "proc /proc 0 8"
    echo "mkdir /under 0755"
    echo cover-root
    echo "$1"
    echo 'chdir / x
close-descriptors 3
init'
}
confined='no-new-privileges
drop-capabilities 0 0'
run() { "$L" run "$@" >out 2>err </dev/null; status=$?; }
gone() { # DESCRIPTION COMMAND…: what is outside must not come to light by it
    description=$1
    shift
    run covered -- sh -c "{ $*; } >/dev/null 2>&1; ls -d $WORK/outside /home /root /var 2>/dev/null; exit 0"
    [ $status = 0 ] && [ ! -s out ]; ok $? "$description"
}

: >outside
covered "$confined" | plan covered
run covered -- sh -c 'ls /; pwd'
[ $status = 0 ] && [ "$(tail -n 1 out)" = / ] && grep -qx under out && ! grep -qx home out; ok $? "the new root is the root"
run covered -- unshare -Urm sh -c 'mount -t tmpfs t /under && echo mounted'
grep -qx mounted out; ok $? "namespaces and mounts of one's own can be had inside, so the attempts below are none in vain"
gone "nothing of the old root is there" true
gone "it does not come to light by unmounting" "umount -l /; cd /"
gone "nor by unmounting in a namespace of one's own" "unshare -Urm sh -c 'umount -l /; umount -R /; cat $WORK/outside && exit 0'"
run covered -- sh -c "unshare -Urm sh -c 'umount -l /; ls -d /home /root' 2>/dev/null"
! grep -q . out; ok $? "which shows nothing there either"
run covered -- sh -c "unshare -Ur sh -c 'mkdir -p /tmp/x /dev/shm/x; cd /; chroot /usr sh -c \"cd ../../../..; ls -d home root\"' 2>/dev/null"
! grep -q . out; ok $? "nor by a root within the root"
run covered -- sh -c "ls -d /proc/1/root/home /proc/self/root/home /proc/1/cwd/home /proc/self/cwd/../home 2>/dev/null"
! grep -q . out; ok $? "nor by way of /proc"
run covered -- sh -c "unshare -Urm sh -c 'mount -t tmpfs t /usr && cd /usr && mkdir o && pivot_root . o && ls -d o/home o/root' 2>/dev/null"
! grep -q . out; ok $? "nor by another switch of the root"

for wrong in '' 'no-new-privileges' 'drop-capabilities 0 0' 'no-new-privileges
drop-capabilities 0x200000 0' 'no-new-privileges
drop-capabilities 0x40000 0'; do
    covered "$wrong" | plan wrong
    run wrong -- touch ran
    [ $status = 125 ] && [ ! -e ran ] && grep -q '`cover-root` needs' err
    ok $? "a plan that leaves what uncovers it is refused: $(echo $wrong)"
done

echo "1..$count"
[ $failed = 0 ] || { echo "# $failed of $count failed ($who)"; exit 1; }
