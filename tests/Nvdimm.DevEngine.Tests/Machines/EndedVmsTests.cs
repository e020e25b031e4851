using Microsoft.Extensions.DependencyInjection;
using Nvdimm.DevEngine.Machines;
using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Storage;

namespace Nvdimm.DevEngine.Tests.Machines;

/// <summary>What is noticed of VMs with a virsh that says what the test wants.</summary>
public sealed class EndedVmsTests
{
    [Test]
    public async Task Vm_BehindOneThatCannotBeAsked_IsNoticedAllTheSame()
    {
        var first = RunningEngine.IdOf("vm1");
        await using var engine = await RunningEngine.StartAsync((options, folder) => options with
        {
            Libvirt = "test:///default",
            Virsh = folder.WriteScript("virsh", $"case \"$*\" in *--state-paused*) ;; *list*) echo {first};; *) echo 'no answer' >&2; exit 1;; esac"),
        });
        engine.App.Services.GetRequiredService<EngineDatabase>().Write(session =>
        {
            Run(session, "vm1", "wait_for_launch");
            Run(session, "vm2", "up");
            return true;
        });

        var unknown = await Assert.ThrowsAsync<MachineException>(() => engine.App.Services.GetRequiredService<EndedVms>().NoticeAsync(CancellationToken.None));

        Assert.That(unknown!.Message, Is.EqualTo("no answer"));
        Assert.That((await engine.GetXmlAsync($"vms/{first}")).Element("status")?.Value, Is.EqualTo("wait_for_launch"), "nobody knows");
        Assert.That((await engine.GetXmlAsync($"vms/{RunningEngine.IdOf("vm2")}")).Element("status")?.Value, Is.EqualTo("down"));
    }

    private static void Run(EngineSession session, string vm, string status) =>
        session.Update(session.Vm(RunningEngine.IdOf(vm)).Row with { Status = status, HostId = RunningEngine.HostId(1) });
}
