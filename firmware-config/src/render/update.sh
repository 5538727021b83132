#!/bin/sh
# Brings this machine's package up to date from the house's repository, and takes the newer version back if it does not work.
# Written by firmware-config; seira-update.timer starts it at night.
set -u
package=$1
state=${SEIRA_UPDATE_STATE:-/var/lib/seira/update}
watched=${SEIRA_UPDATE_WATCHED:-12}
list=/etc/apt/sources.list.d/seira.sources

say() { echo "seira-update: $*"; }
give_up() { say "$*"; exit 1; }

# Only the house's own list: the system's updates are another matter.
lists() { apt-get -qq update -o Dir::Etc::sourcelist="$list" -o Dir::Etc::sourceparts=- -o APT::Get::List-Cleanup=0; }
starts() { systemctl show --property=NRestarts --value "$package.service"; }

# The service says itself when it is ready, and must not have ended or begun anew for two minutes after that.
works() {
    systemctl restart "$package.service" || return 1
    begun=$(starts)
    looks=0
    while [ "$looks" -lt "$watched" ]; do
        sleep 10
        looks=$((looks + 1))
        systemctl is-active --quiet "$package.service" || return 1
        [ "$(starts)" = "$begun" ] || return 1
    done
}

# Where the disk is only read, what is installed lies in memory until it is installed once more below it.
is_overlay() { [ "$(findmnt --noheadings --output FSTYPE /)" = overlay ]; }

mkdir -p "$state" && cd "$state" || give_up "$state cannot be made"
lists || give_up "the house's repository cannot be read; the version that is there stays"
before=$(dpkg-query --show --showformat='${Version}' "$package") || give_up "$package is not installed"
next=$(apt-cache policy "$package" | sed -n 's/^ *Candidate: //p')
if [ -z "$next" ] || [ "$next" = "$before" ]; then
    exit 0
fi
if [ "$(cat "$package.refused" 2>/dev/null)" = "$next" ]; then
    say "$package $next did not work here before; nothing is done until there is another"
    exit 0
fi
# The version in use is fetched first: without it there is no way back.
rm -f "$package"_*.deb
apt-get -qq download "$package=$before" || give_up "$package $before is in the repository no more, so $next is not tried"

say "$package: $before gives way to $next"
if apt-get -qq -y --no-install-recommends install "$package=$next" && works; then
    if is_overlay; then
        overlayroot-chroot sh -c "apt-get -qq update && apt-get -qq -y --no-install-recommends install '$package=$next'" ||
            give_up "$package $next works, and could not be kept: it is gone at the next start, and tried again tomorrow"
    fi
    rm -f "$package"_*.deb "$package.refused"
    say "$package $next works"
    exit 0
fi

say "$package $next does not work: back to $before"
echo "$next" >"$package.refused"
if is_overlay; then
    sync
    systemctl reboot
    exit 1
fi
apt-get -qq -y --allow-downgrades --no-install-recommends install "$state/$package"_*.deb ||
    give_up "$package $before could not be put back; its package lies in $state"
systemctl restart "$package.service" || give_up "$package $before is back, and does not start either"
exit 1
