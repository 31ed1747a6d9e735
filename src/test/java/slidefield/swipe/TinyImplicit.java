package slidefield.swipe;

import java.util.List;

/** Implicit rivals of a few hundred parameters with every part. */
final class TinyImplicit {
    static final OssNetOptions OSS_NET = new OssNetOptions(List.of(4, 2), 2, 3, false, 6, 2, true, 1);
    static final OssNetOptions MID_RANGE = new OssNetOptions(List.of(2, 2), 3, 3, true, 5, 2, false, 3);
    static final IosNetOptions IOS_NET =
            new IosNetOptions(new BackboneOptions(2, List.of(1, 1, 1, 1), List.of(4, 4, 5, 5)), List.of(6, 5), 1);

    private TinyImplicit() {}
}
