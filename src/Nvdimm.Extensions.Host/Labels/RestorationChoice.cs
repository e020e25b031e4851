namespace Nvdimm.Extensions.Host.Labels;

/// <summary>What a restoration does.</summary>
/// <param name="IsReturned">Whether the backup's labels are written to <see cref="RestorationState.Home"/>.</param>
/// <param name="IsTakenBack">Whether what the labels overwrote is written back.</param>
/// <param name="Code">Why what the labels overwrote is not written back; null where it is, or is there already.</param>
internal readonly record struct RestorationChoice(bool IsReturned, bool IsTakenBack, string? Code)
{
    /// <summary>Whether there is nothing to restore, and nothing against it.</summary>
    public bool IsNothing => !IsReturned && !IsTakenBack && Code is null;

    /// <summary>
    /// Decides with the record, as a start does. Afterwards there are whole labels where the guest looks for them, or nothing is written.
    /// </summary>
    public static RestorationChoice Of(RestorationState state)
    {
        var isReturned = MayReturn(state);
        var isThere = state.IsBefore || (isReturned && state.Home == state.Backup.Offset);
        var code = isThere ? null : WhyNotTakenBack(state, isReturned);
        return new(isReturned, !isThere && code is null, code);
    }

    /// <summary>
    /// The labels that were recorded last go back where the guest looks for them if nothing whole is there. Others, or over others, only where
    /// they are named; what is overwritten then is in a backup.
    /// </summary>
    private static bool MayReturn(RestorationState state)
    {
        var (backup, layout) = (state.Backup, state.Record?.Layout);
        if (state.AtHome == backup.Hash || (layout is not null && (layout.LabelSize.Bytes != backup.Size || layout.DeviceSize.Bytes != state.DeviceSize)))
        {
            return false;
        }

        // A name can stand for another device, which must not get the labels of this one.
        var isLast = layout is not null && state.Record!.LabelHash == backup.Hash && backup.Identity.IsStable;
        return state.AtHome is null ? isLast || state.IsNamed : state.IsNamed && state.IsHomeSaved;
    }

    private static string? WhyNotTakenBack(RestorationState state, bool isReturned)
    {
        var (backup, layout) = (state.Backup, state.Record?.Layout);
        return !state.IsMixture ? NvdimmCodes.RestoreChanged
            : layout is not null && state.Home != backup.Offset && backup.Offset < layout.GuestSize.Bytes ? NvdimmCodes.RestoreGuestData
            : IsKept(state, isReturned) ? null
            : NvdimmCodes.RestoreLastLabels;
    }

    /// <summary>Whether the labels, or those that were recorded last, are whole elsewhere when these are gone.</summary>
    private static bool IsKept(RestorationState state, bool isReturned)
    {
        var backup = state.Backup;
        var isAtSource = backup.Source != backup.Offset && state.AtSource == backup.Hash;
        var isAtHome = state.AtHome is { } home && (home == backup.Hash || home == state.Record?.LabelHash || state.IsNamed);
        return state.Home != backup.Offset && (isReturned || isAtSource || isAtHome);
    }
}
