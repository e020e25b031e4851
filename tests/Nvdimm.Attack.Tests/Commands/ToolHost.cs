using System.Diagnostics;
using Nvdimm.Attack.Tests.Faults;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Tests.Labels;
using Nvdimm.Extensions.Host.Tests.Start;
using Nvdimm.Hook.Tests;

namespace Nvdimm.Attack.Tests.Commands;

/// <summary>
/// A host for the native tool, which has no other root than <c>/</c>: a mount namespace in which <c>/sys</c> and <c>/dev</c> are those of a made host.
/// Nothing is mounted outside of it, and it ends with the process that holds it. The state folder belongs to another user than root, as on a real host.
/// </summary>
internal sealed class ToolHost : IDisposable
{
    /// <summary>The name of the device.</summary>
    public const string Device = "namespace0.0";

    /// <summary>The smallest size above 1 GiB for which the strategies differ.</summary>
    private const long Size = 1026 * RowNames.MiB;

    private readonly HookHost host = new();
    private readonly Process holder;

    public ToolHost()
    {
        host.AddFsdax(0, Size);
        File.SetUnixFileMode(host.Root, (UnixFileMode)0x1ED);
        foreach (var name in new[] { "null", "zero", "urandom", "random" })
        {
            host.Write($"dev/{name}", "");
        }

        Listing = host.Write("listing.json", $$"""
            [{"dev":"{{Device}}","mode":"fsdax","map":"dev","size":{{Size}},"uuid":"{{HookHost.Uuid(0)}}","raw_uuid":"00000000-82b6-40ad-8962-6f0412bab47d",
              "sector_size":512,"align":{{2 << 20}},"blockdev":"pmem0","numa_node":0}]
            """);
        Domain = host.Write("domain.xml", TestFiles.Text("hook", "engine-one.xml"));
        State = host.Write("states/state/.lock", "");
        State = Path.GetDirectoryName(State)!;
        Own();
        const string Mounts = """
            for name in null zero urandom random; do mount --bind "/dev/$name" "$1/dev/$name"; done
            mount --rbind "$1/dev" /dev && mount --bind "$1/sys" /sys && echo ready && exec sleep infinity
            """;
        holder = Process.Start(new ProcessStartInfo("unshare", ["--mount", "--propagation", "private", "sh", "-c", Mounts, "sh", host.Root])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        Assert.That(holder.StandardOutput.ReadLine(), Is.EqualTo("ready"));
    }

    /// <summary>The state folder, which belongs to nobody.</summary>
    public string State { get; }

    /// <summary>The folder above, in which the tool may also make it.</summary>
    public string Above => Path.GetDirectoryName(State)!;

    /// <summary>A file with what ndctl lists here.</summary>
    public string Listing { get; }

    /// <summary>A file with a domain that has the device.</summary>
    public string Domain { get; }

    /// <summary>Writes a file that is no part of the state.</summary>
    public string Write(string name, string text) => host.Write(name, text);

    public string PathOf(string name) => Path.Combine(host.Root, name);

    /// <summary>Writes labels to the device.</summary>
    public void WriteLabels(long offset)
    {
        using var device = File.OpenWrite(host.Device(0));
        device.Position = offset;
        device.Write(SyntheticLabels.AreaUpTo(2, RowNames.EngineGuest, (RowNames.Namespace(1), "db", 7)));
    }

    /// <summary>A place of labels on the device.</summary>
    public (string Path, long Offset, int Size) Place(long offset) => (host.Device(0), offset, 128 << 10);

    /// <summary>Gives all of the state folder, and the one above, to the user nobody.</summary>
    public void Own() => Must(["chown", "-R", "nobody", Above]);

    /// <summary>The command line of the tool inside this host.</summary>
    public string[] Tool(params string[] arguments) => Inside([Programs.Tool, .. arguments]);

    /// <summary>
    /// The command line of the tool as it is in this assembly (<see cref="Program"/>): with a <c>/proc</c> of this host too, as a container may not look at
    /// every process, and with a check of libvirt and QEMU that is done.
    /// </summary>
    public string[] ToolInTest(params string[] arguments)
    {
        var dotnet = Environment.ProcessPath is { } own && Path.GetFileName(own) == "dotnet" ? own : "dotnet";
        return Inside([dotnet, "exec", typeof(Program).Assembly.Location, host.Root, .. arguments]);
    }

    private string[] Inside(params string[] command) => ["nsenter", $"--mount=/proc/{holder.Id}/ns/mnt", .. command];

    /// <summary>Runs the tool, which has to end well.</summary>
    public string Run(params string[] arguments) => Must(Tool(arguments));

    /// <summary>The same for the tool as it is in this assembly.</summary>
    public string RunInTest(params string[] arguments) => Must(ToolInTest(arguments));

    public void Dispose()
    {
        holder.Kill(entireProcessTree: true);
        holder.WaitForExit();
        holder.Dispose();
        host.Dispose();
    }

    private static string Must(string[] command)
    {
        var (status, output, error) = RealProgram.Run(command[0], command[1..]);
        Assert.That(status, Is.Zero, output + error);
        return output;
    }
}
