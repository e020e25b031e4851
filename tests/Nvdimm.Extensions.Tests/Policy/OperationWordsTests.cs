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

    [TestCase(NvdimmOperation.Attach, "add Host devices")]
    [TestCase(NvdimmOperation.Detach, "remove Host devices")]
    [TestCase(NvdimmOperation.Start, "run VM")]
    [TestCase(NvdimmOperation.Snapshot, "create Snapshot")]
    [TestCase(NvdimmOperation.SnapshotWithMemory, "create Snapshot")]
    [TestCase(NvdimmOperation.SnapshotRestore, "revert to Snapshot")]
    [TestCase(NvdimmOperation.Hibernate, "hibernate VM")]
    [TestCase(NvdimmOperation.Migrate, "migrate VM")]
    [TestCase(NvdimmOperation.HotPlug, "add Host devices")]
    [TestCase(NvdimmOperation.HotUnplug, "remove Host devices")]
    [TestCase(NvdimmOperation.MemoryHotPlug, "hot set memory VM")]
    [TestCase(NvdimmOperation.ChangePinning, "update VM")]
    [TestCase(NvdimmOperation.Clone, "add VM")]
    [TestCase(NvdimmOperation.Template, "add Template")]
    [TestCase(NvdimmOperation.RemoveHost, "remove Host")]
    [TestCase(NvdimmOperation.Import, "import VM")]
    public void Of_TheEnginesWords(NvdimmOperation operation, string words)
    {
        var arguments = OperationWords.Of(operation);
        Assert.That(arguments.Select(argument => argument.Name), Is.EqualTo(["action", "type"]));
        Assert.That(string.Join(' ', arguments.Select(argument => argument.Value)), Is.EqualTo(words));
    }
}
