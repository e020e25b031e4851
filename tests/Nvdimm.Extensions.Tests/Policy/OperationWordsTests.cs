using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Tests.Policy;

/// <summary>Words from oVirt Engine 4.5, <c>AppErrors.properties</c> and <c>setActionMessageParameters</c> of the command.</summary>
public sealed class OperationWordsTests
{
    [TestCase(VmStatus.Down, "Down")]
    [TestCase(VmStatus.ImageLocked, "Image Locked")]
    [TestCase(VmStatus.Migrating, "Migrating")]
    [TestCase(VmStatus.NotResponding, "Not Responding")]
    [TestCase(VmStatus.Paused, "Paused")]
    [TestCase(VmStatus.PoweringDown, "Powering Down")]
    [TestCase(VmStatus.PoweringUp, "Powering Up")]
    [TestCase(VmStatus.RebootInProgress, "Reboot in Progress")]
    [TestCase(VmStatus.RestoringState, "Restoring State")]
    [TestCase(VmStatus.SavingState, "Saving State")]
    [TestCase(VmStatus.Suspended, "Suspended")]
    [TestCase(VmStatus.Unassigned, "Unassigned")]
    [TestCase(VmStatus.Unknown, "Unknown")]
    [TestCase(VmStatus.Up, "Up")]
    [TestCase(VmStatus.WaitForLaunch, "Wait for Launch")]
    public void Of_TheEnginesStatus(VmStatus status, string words) => Assert.That(VmStatusWords.Of(status), Is.EqualTo(words));

    [TestCase(HostDeviceOperation.Attach, "add Host devices")]
    [TestCase(HostDeviceOperation.Detach, "remove Host devices")]
    [TestCase(HostDeviceOperation.Start, "run VM")]
    [TestCase(HostDeviceOperation.Snapshot, "create Snapshot")]
    [TestCase(HostDeviceOperation.SnapshotWithMemory, "create Snapshot")]
    [TestCase(HostDeviceOperation.SnapshotRestore, "revert to Snapshot")]
    [TestCase(HostDeviceOperation.Hibernate, "hibernate VM")]
    [TestCase(HostDeviceOperation.Migrate, "migrate VM")]
    [TestCase(HostDeviceOperation.HotPlug, "add Host devices")]
    [TestCase(HostDeviceOperation.HotUnplug, "remove Host devices")]
    [TestCase(HostDeviceOperation.MemoryHotPlug, "hot set memory VM")]
    [TestCase(HostDeviceOperation.ChangePinning, "edit VM")]
    [TestCase(HostDeviceOperation.Clone, "add VM")]
    [TestCase(HostDeviceOperation.Template, "add Template")]
    [TestCase(HostDeviceOperation.RemoveHost, "remove Host")]
    [TestCase(HostDeviceOperation.Import, "import VM")]
    public void Of_TheEnginesWords(HostDeviceOperation operation, string words)
    {
        var arguments = OperationWords.Of(operation);
        Assert.That(arguments.Select(argument => argument.Name), Is.EqualTo(["action", "type"]));
        Assert.That(string.Join(' ', arguments.Select(argument => argument.Value)), Is.EqualTo(words));
    }
}
