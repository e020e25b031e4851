using System.Diagnostics;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Tests.Native;

/// <summary>A state folder whose owner, the user nobody, attacks whatever root does in it; and root's own files, which the owner is after.</summary>
internal sealed class HostileOwner : IDisposable
{
    private const string Secret = "root's secret";

    /// <summary>Swaps each name in the folder for a link to root's files and back, as fast as it can; adds links, pipes and hard links under names that are free.</summary>
    private const string Attack = """
        import ctypes, os, sys
        state, victim, names = sys.argv[1], sys.argv[2], sys.argv[3].split(',')
        exchange = ctypes.CDLL(None, use_errno=True).renameat2
        folder = os.path.join(victim, 'folder')
        secret = os.path.join(victim, 'secret')
        evil = []
        for number, target in enumerate((folder, secret)):
            link = os.path.join(state, '.evil%d' % number)
            os.symlink(target, link)
            evil.append(link)
        print('ready', flush=True)
        turn = 0
        while True:
            turn += 1
            for name in names:
                path = os.path.join(state, name)
                for link in evil:
                    if exchange(-100, path.encode(), -100, link.encode(), 2) == 0:
                        exchange(-100, path.encode(), -100, link.encode(), 2)
                try:
                    if turn % 64 == 0:
                        os.symlink(secret, path)
                    elif turn % 64 == 16:
                        os.mkfifo(path)
                    elif turn % 64 == 32:
                        os.link(secret, path)
                    if turn % 64 in (8, 24, 40):
                        os.unlink(path)
                except OSError:
                    pass
        """;

    private readonly TemporaryFolder folder = new();
    private Process? attacker;

    public HostileOwner()
    {
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0x1ED);
        Directory.CreateDirectory(State);
        Directory.CreateDirectory(Victim, (UnixFileMode)0x1ED);
        Directory.CreateDirectory(VictimFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in new[] { Path.Combine(VictimFolder, "file"), VictimFile })
        {
            File.WriteAllText(file, Secret);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Run("chown", "nobody", State);
        StateFolder.Make(State, MachineId.Of());
    }

    /// <summary>The folder, which belongs to nobody.</summary>
    public string State => folder.PathOf("state");

    private string Victim => folder.PathOf("victim");

    private string VictimFolder => Path.Combine(Victim, "folder");

    private string VictimFile => Path.Combine(Victim, "secret");

    /// <summary>Root's files as they are now.</summary>
    public string Damage
    {
        get
        {
            var entries = new[] { Victim, VictimFolder, Path.Combine(VictimFolder, "file"), VictimFile };
            var (_, seen, _) = RealProgram.Run("stat", ["-c", "%u %a", .. entries]);
            var files = Directory.EnumerateFileSystemEntries(VictimFolder).Select(Path.GetFileName);
            return $"{seen.ReplaceLineEndings(" ")}{string.Join(' ', files)} {File.ReadAllText(VictimFile)} {File.ReadAllText(Path.Combine(VictimFolder, "file"))}";
        }
    }

    /// <summary>Puts a link to root's folder, or to root's file, in the place of something in the state folder.</summary>
    public void Link(string name, bool isFolder) => RunAsOwner("ln", "-sfn", isFolder ? VictimFolder : VictimFile, Path.Combine(State, name));

    /// <summary>Runs a program as the owner.</summary>
    public void RunAsOwner(string program, params string[] arguments) =>
        Run("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", program, .. arguments]);

    /// <summary>Begins to attack names in the state folder, until this ends.</summary>
    public void Begin(params string[] names)
    {
        attacker = Process.Start(new ProcessStartInfo(
            "setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", "/usr/bin/python3", "-c", Attack, State, Victim, string.Join(',', names)])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        Assert.That(attacker.StandardOutput.ReadLine(), Is.EqualTo("ready"));
    }

    public void Dispose()
    {
        attacker?.Kill(entireProcessTree: true);
        attacker?.WaitForExit();
        attacker?.Dispose();
        folder.Dispose();
    }

    private static void Run(string program, params string[] arguments)
    {
        var (status, _, error) = RealProgram.Run(program, arguments);
        Assert.That(status, Is.Zero, error);
    }
}
