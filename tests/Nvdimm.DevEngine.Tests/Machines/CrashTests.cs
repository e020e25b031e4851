using System.Diagnostics;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.DevEngine.Tests.Machines;

/// <summary>The real program, killed by its own virsh in the middle of a start.</summary>
public sealed class CrashTests : MachineTests
{
    /// <summary>The claim and the record are written, the domain is not there yet.</summary>
    [Test]
    [CancelAfter(120_000)]
    public async Task Killed_BetweenClaimAndStart_CanStartAgain(CancellationToken cancellationToken)
    {
        await CrashAsync("""*" create "*) kill -9 $PPID;;""", cancellationToken);
        Assert.That(RealProgram.Run("virsh", "-c", Connection, "domstate", Vm).ExitCode, Is.Not.Zero);

        Engine = await AgainAsync();
        await StatusIsAsync("down", cancellationToken);
        Assert.That((await StartVmAsync()).Status, Is.EqualTo(200));
        Assert.That(await StatusAsync(), Is.EqualTo("paused"));
    }

    /// <summary>The domain is there, paused, and nobody has looked at it.</summary>
    [Test]
    [CancelAfter(120_000)]
    public async Task Killed_AfterTheDomainWasMade_LooksAtItBeforeItRuns(CancellationToken cancellationToken)
    {
        await CrashAsync("""*" create "*) virsh "$@"; kill -9 $PPID;;""", cancellationToken);
        Engine = await AgainAsync();
        await StatusIsAsync("paused", cancellationToken);
        var layouts = Engine.Folder.PathOf("engine.db.layouts");
        var record = new LayoutLedger(layouts, TimeProvider.System).List().Records.Single();
        var holder = new DeviceClaims(layouts, TimeProvider.System).Find(record.Identity).Claim!.Holder;
        Assert.That(await File.ReadAllTextAsync($"/proc/{holder.ProcessId}/cmdline", cancellationToken), Does.Contain(Vm));
        Assert.That((await StartVmAsync()).Status, Is.EqualTo(200));
        Assert.That(await StatusAsync(), Is.EqualTo("up"));
    }

    /// <summary>Starts the VM in a program whose virsh does as it is told here, and waits until the program is gone.</summary>
    private async Task CrashAsync(string reaction, CancellationToken cancellationToken)
    {
        Assert.That((await Engine.AttachAsync("vm-here", "pmem-a")).Status, Is.EqualTo(201));
        await Engine.StopAsync();
        var virsh = Engine.Folder.WriteScript("virsh", $"case \"$*\" in {reaction} *) exec virsh \"$@\";; esac");
        var program = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Nvdimm.DevEngine.dll"), "--urls", "http://127.0.0.1:0", "--database", Engine.Folder.PathOf("engine.db"),
                "--device-file", Engine.Folder.PathOf("pmem-a"), "--device-file", Engine.Folder.PathOf("pmem-b"), "--libvirt", Connection, "--virsh", virsh,
            ])
        { RedirectStandardOutput = true, UseShellExecute = false };
        program.Environment["DEVENGINE_PASSWORD"] = RunningEngine.Password;
        using var process = Process.Start(program)!;
        using var client = new HttpClient { BaseAddress = await ProgramOutput.ApiAsync(process, cancellationToken) };
        client.DefaultRequestHeaders.Authorization = RunningEngine.Basic(RunningEngine.Admin, RunningEngine.Password);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(new Uri($"vms/{Vm}/start", UriKind.Relative), content: null, cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
    }

    private Task<RunningEngine> AgainAsync() => Engine.AgainAsync(options => options with
    {
        Libvirt = Connection,
        DeviceFiles = [Engine.Folder.PathOf("pmem-a"), Engine.Folder.PathOf("pmem-b")],
    });

    private async Task StatusIsAsync(string status, CancellationToken cancellationToken)
    {
        while (await StatusAsync() != status)
        {
            await Task.Delay(100, cancellationToken);
        }
    }
}
