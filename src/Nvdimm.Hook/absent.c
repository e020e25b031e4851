// What a statically linked program cannot have of its host: libraries (dlopen), and the names of users, groups and other hosts, which glibc looks up in
// libraries of the host's (NSS). .NET's runtime, Process and Socket have calls for them, and no hook comes to one: a hook loads no library, and takes the
// numbers of users and groups from files as they are. Here each of these calls fails as where nothing is found. So whatever /etc/nsswitch.conf says
// nothing of the host is loaded, and the linker, which warns of each, has nothing to warn of. Nvdimm.Hook.csproj puts these in place of glibc's (--wrap).
#include <errno.h>
#include <grp.h>
#include <netdb.h>
#include <pwd.h>
#include <stddef.h>

void *__wrap_dlopen(const char *file, int mode)
{
    (void)file, (void)mode;
    return NULL;
}

int __wrap_getpwnam_r(const char *name, struct passwd *user, char *buffer, size_t size, struct passwd **found)
{
    (void)name, (void)user, (void)buffer, (void)size;
    *found = NULL;
    return ENOENT;
}

int __wrap_getpwuid_r(uid_t uid, struct passwd *user, char *buffer, size_t size, struct passwd **found)
{
    (void)uid, (void)user, (void)buffer, (void)size;
    *found = NULL;
    return ENOENT;
}

int __wrap_getgrgid_r(gid_t gid, struct group *group, char *buffer, size_t size, struct group **found)
{
    (void)gid, (void)group, (void)buffer, (void)size;
    *found = NULL;
    return ENOENT;
}

int __wrap_getgrouplist(const char *user, gid_t gid, gid_t *groups, int *count)
{
    (void)user, (void)gid, (void)groups;
    *count = 0;
    return -1;
}

int __wrap_getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **found)
{
    (void)node, (void)service, (void)hints;
    *found = NULL;
    return EAI_FAIL;
}

void __wrap_freeaddrinfo(struct addrinfo *found)
{
    (void)found;
}

int __wrap_getnameinfo(
    const struct sockaddr *address, socklen_t length, char *host, socklen_t host_size, char *service, socklen_t service_size, int flags)
{
    (void)address, (void)length, (void)host, (void)host_size, (void)service, (void)service_size, (void)flags;
    return EAI_FAIL;
}
