using System.Globalization;

namespace Nvdimm.Cli.Tests;

/// <summary>A layer above the bare root of a Debian release that <c>build/package-roots.sh</c> made: what is written goes with it, and the root stays as it is.</summary>
internal sealed class DebianRoot : IDisposable
{
    private const string Mount = """
        root=$1/root; shift
        mount --make-rprivate /
        mount -t overlay overlay -o "lowerdir=$LOWER,upperdir=${root%root}upper,workdir=${root%root}work" "$root"

        """;

    private const string Enter = Mount + """
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$root" "$@"
        """;

    /// <summary>
    /// systemd as process 1 of a container with the network of this machine. Where this machine has control groups of version 1, nspawn and systemd 256 and
    /// newer must be told to use them.
    /// </summary>
    private const string Boot = Mount + """
        legacy=()
        if [ "$(stat --file-system --format=%T /sys/fs/cgroup)" != cgroup2fs ]; then
          export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=0
          legacy=(--setenv=SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1)
        fi
        exec systemd-nspawn --quiet --register=no --keep-unit --directory="$root" "${legacy[@]}" --boot systemd.unit=test.service
        """;

    private const string TestUnit = """
        [Unit]
        Requires=basic.target
        After=basic.target
        SuccessAction=poweroff-force
        FailureAction=poweroff-force
        [Service]
        Type=oneshot
        ExecStart=/bin/sh -c '/bin/sh -e /root/test.sh >/root/test.out 2>&1; echo $? >/root/test.status'
        """;

    private readonly TemporaryFolder folder = new();
    private readonly string release;

    public DebianRoot(string release)
    {
        this.release = release;
        if (RealProgram.IsFast || !Environment.IsPrivilegedProcess || !Directory.Exists(Lower))
        {
            folder.Dispose();
            RealProgram.Unavailable($"It needs root and the root of {release} in {Path.GetDirectoryName(Lower)}: build/package-roots.sh makes it.");
        }

        Array.ForEach(["root", "upper", "work"], name => Directory.CreateDirectory(folder.PathOf(name)));
    }

    private string Lower => Path.Combine(Environment.GetEnvironmentVariable("NVDIMM_PACKAGE_ROOTS") ?? Path.Combine(TestFiles.RepositoryRoot, "artifacts", "package-roots"), release);

    /// <summary>Puts a file into the root, in place of the one that is there.</summary>
    public void Write(string path, string content) => folder.Write($"upper{path}", content);

    /// <summary>What a file has that was written in the root.</summary>
    public string Read(string path) => File.ReadAllText(folder.PathOf("upper") + path);

    public void Copy(string file, string path)
    {
        Write(path, "");
        File.Copy(file, folder.PathOf("upper") + path, overwrite: true);
    }

    /// <summary>Runs a program of the root, in mounts that end with it, with the network of this machine.</summary>
    public ToolRun Run(params string[] command)
    {
        var (status, output, error) = RealProgram.Run(
            TimeSpan.FromMinutes(2), "env", ["LOWER=" + Lower, "unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", "-euc", Enter, "-", folder.Path, .. command]);
        return new ToolRun(status, output, error);
    }

    /// <summary>
    /// Starts systemd in the root as process 1, which runs a script and ends. The answer has what the script said, and its status.
    /// </summary>
    public async Task<ToolRun> BootAsync(string script)
    {
        RealProgram.Require("systemd-nspawn", "systemd-container");
        Write("/root/test.sh", script);
        Write("/etc/systemd/system/test.service", TestUnit);
        var (_, console, error) = await Task.Run(() => RealProgram.Run(
            TimeSpan.FromMinutes(4), "env", ["LOWER=" + Lower, "unshare", "--mount", "bash", "-euc", Boot, "-", folder.Path]));
        Assert.That(File.Exists(folder.PathOf("upper", "root", "test.status")), Is.True, $"systemd did not come to the script:\n{console}{error}");
        return new ToolRun(int.Parse(Read("/root/test.status"), CultureInfo.InvariantCulture), Read("/root/test.out"), "");
    }

    public void Dispose() => folder.Dispose();
}
