using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Tests.Policy;

/// <summary>Words from oVirt Engine 4.5, <c>AppErrors.properties</c> and <c>setActionMessageParameters</c> of the command.</summary>
public sealed class OperationWordsTests
{
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
    public void Of_TheEnginesWords(NvdimmOperation operation, string words)
    {
        var arguments = OperationWords.Of(operation);
        Assert.That(arguments.Select(argument => argument.Name), Is.EqualTo(["action", "type"]));
        Assert.That(string.Join(' ', arguments.Select(argument => argument.Value)), Is.EqualTo(words));
    }
}
