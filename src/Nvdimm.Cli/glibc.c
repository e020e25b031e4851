// The native tool asks glibc for versions of functions that 2.28 (EL8) has, whatever glibc it is linked on: linked on Debian 12 it would ask for those
// of 2.29 to 2.34, and not start. Each name here is a function of the program, which hides glibc's newest and goes on to an older one of the same name
// and meaning; glibc keeps them for ever. Linked into the native program by Nvdimm.Cli.csproj. LinuxPackageTests says if a name is missing here.
#ifndef __x86_64__
#error "The versions are those of x86-64."
#endif

#define OLDER(name, version) \
    __asm__(".symver older_" #name ", " #name "@GLIBC_" version "\n" \
            ".pushsection .text\n" \
            ".globl " #name "\n" \
            ".hidden " #name "\n" \
            ".type " #name ", @function\n" #name ": jmp *older_" #name "@GOTPCREL(%rip)\n" \
            ".size " #name ", . - " #name "\n" \
            ".popsection")

// glibc 2.29: without an error handler of System V, which only the older ones have.
OLDER(log, "2.2.5");
OLDER(log2, "2.2.5");
OLDER(pow, "2.2.5");

// glibc 2.32 and 2.34: libdl, libpthread and librt became parts of libc. Nvdimm.Cli.csproj has the tool load the three where they are libraries still.
OLDER(dladdr, "2.2.5");
OLDER(dlclose, "2.2.5");
OLDER(dlerror, "2.2.5");
OLDER(dlopen, "2.2.5");
OLDER(dlsym, "2.2.5");
OLDER(pthread_attr_getstack, "2.2.5");
OLDER(pthread_attr_setstacksize, "2.2.5");
OLDER(pthread_condattr_setclock, "2.3.3");
OLDER(pthread_create, "2.2.5");
OLDER(pthread_getattr_np, "2.2.5");
OLDER(pthread_key_create, "2.2.5");
OLDER(pthread_kill, "2.2.5");
OLDER(pthread_mutexattr_destroy, "2.2.5");
OLDER(pthread_mutexattr_init, "2.2.5");
OLDER(pthread_mutexattr_settype, "2.2.5");
OLDER(pthread_once, "2.2.5");
OLDER(pthread_rwlock_rdlock, "2.2.5");
OLDER(pthread_rwlock_unlock, "2.2.5");
OLDER(pthread_rwlock_wrlock, "2.2.5");
OLDER(pthread_setname_np, "2.12");
OLDER(pthread_setspecific, "2.2.5");
OLDER(pthread_sigmask, "2.2.5");
OLDER(shm_open, "2.2.5");
OLDER(shm_unlink, "2.2.5");

// glibc 2.34: a program no longer runs its own constructors, and its start code (Scrt1.o) names no function that does. The older glibc calls none then,
// so one is named here; the newer calls it in place of its own.
typedef int main_function(int, char **, char **);
typedef void constructor(int, char **, char **);

__asm__(".symver older_start, __libc_start_main@GLIBC_2.2.5");
int older_start(main_function *main, int argc, char **argv, constructor *init, void (*fini)(void), void (*loader_fini)(void), void *stack_end);

extern constructor *__init_array_start[] __attribute__((visibility("hidden")));
extern constructor *__init_array_end[] __attribute__((visibility("hidden")));

static void run_constructors(int argc, char **argv, char **environment)
{
    for (constructor **each = __init_array_start; each < __init_array_end; each++)
    {
        (*each)(argc, argv, environment);
    }
}

__attribute__((visibility("hidden"))) int __libc_start_main(
    main_function *main, int argc, char **argv, constructor *init, void (*fini)(void), void (*loader_fini)(void), void *stack_end)
{
    (void)init;
    return older_start(main, argc, argv, run_constructors, fini, loader_fini, stack_end);
}
